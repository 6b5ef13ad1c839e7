// SPDX-License-Identifier: BSL-1.0
#include <quoin/pipe/border.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace quoin;

namespace {

/// What is read at -10 .. n + 9 of the letters a, b, c, ...
template <class Border>
std::string reads(Border border, index_t n) {
    std::string text;
    for (index_t i = -10; i < n + 10; ++i) text += static_cast<char>('a' + border(i, n));
    return text;
}

bool test_sequences() {
    return reads(replicate, 1) == "aaaaaaaaaa"
                                  "a"
                                  "aaaaaaaaaa" &&
           reads(replicate, 2) == "aaaaaaaaaa"
                                  "ab"
                                  "bbbbbbbbbb" &&
           reads(replicate, 3) == "aaaaaaaaaa"
                                  "abc"
                                  "cccccccccc" &&
           reads(replicate, 4) == "aaaaaaaaaa"
                                  "abcd"
                                  "dddddddddd" &&
           reads(reflect, 1) == "aaaaaaaaaa"
                                "a"
                                "aaaaaaaaaa" &&
           reads(reflect, 2) == "baabbaabba"
                                "ab"
                                "baabbaabba" &&
           reads(reflect, 3) == "ccbaabccba"
                                "abc"
                                "cbaabccbaa" &&
           reads(reflect, 4) == "baabcddcba"
                                "abcd"
                                "dcbaabcddc" &&
           reads(reflect_101, 1) == "aaaaaaaaaa"
                                    "a"
                                    "aaaaaaaaaa" &&
           reads(reflect_101, 2) == "ababababab"
                                    "ab"
                                    "ababababab" &&
           reads(reflect_101, 3) == "cbabcbabcb"
                                    "abc"
                                    "babcbabcba" &&
           reads(reflect_101, 4) == "cdcbabcdcb"
                                    "abcd"
                                    "cbabcdcbab" &&
           reads(wrap, 1) == "aaaaaaaaaa"
                             "a"
                             "aaaaaaaaaa" &&
           reads(wrap, 2) == "ababababab"
                             "ab"
                             "ababababab" &&
           reads(wrap, 3) == "cabcabcabc"
                             "abc"
                             "abcabcabca" &&
           reads(wrap, 4) == "cdabcdabcd"
                             "abcd"
                             "abcdabcdab";
}

constexpr bool test_far_outside() {
    for (index_t n : {1, 2, 3, 7})
        for (index_t i :
             {index_t{-1000000000000}, index_t{-1000000007}, index_t{1000000007}, index_t{1000000000000}}) {
            if (replicate(i, n) != (i < 0 ? 0 : n - 1)) return false;
            for (index_t at : {reflect(i, n), reflect_101(i, n), wrap(i, n)})
                if (at < 0 || at >= n) return false;
            if (wrap(i, n) != wrap(i + n, n) || reflect(i, n) != reflect(i - 2 * n, n)) return false;
            if (n > 1 && reflect_101(i, n) != reflect_101(i + 2 * n - 2, n)) return false;
        }
    return true;
}

constexpr bool test_constant() {
    return constant(300).value_as<std::uint8_t>() == 255 && constant(-1).value_as<std::uint8_t>() == 0 &&
           constant(2.5f).value_as<std::int16_t>() == 3 && constant(7).value_as<rgb8>() == rgb8{7, 7, 7} &&
           constant(rgb<int>{1, 999, -5}).value_as<rgb8>() == rgb8{1, 255, 0} &&
           constant(0.5).value_as<float>() == 0.5f;
}

} // namespace

TEST_CASE("border: the concept", "[view]") {
    STATIC_CHECK(concepts::border<replicate_border>);
    STATIC_CHECK(concepts::border<constant_border<rgb8>>);
    STATIC_CHECK(!concepts::border<int>);
    STATIC_CHECK(wrap_border::periodic);
    STATIC_CHECK(!reflect_border::periodic);
    STATIC_CHECK(constant_border<int>::has_value);
}

TEST_CASE("border: a constant is saturated to the pixels beside it", "[view]") {
    static_assert(test_constant());
    CHECK(test_constant());
}

TEST_CASE("border: billions outside", "[view]") {
    static_assert(test_far_outside());
    CHECK(test_far_outside());
}

TEST_CASE("border: what each reads ten pixels around one to four", "[view]") {
    CHECK(test_sequences());
}
