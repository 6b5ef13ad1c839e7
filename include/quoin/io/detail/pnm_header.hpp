// SPDX-License-Identifier: BSL-1.0
// The header of a PNM file: magic number, width, height and maxval.
#pragma once

#include <quoin/io/detail/input.hpp>
#include <quoin/io/image_info.hpp>

QUOIN_NAMESPACE_BEGIN

namespace detail {

struct pnm_header {
    extent size;
    int channels = 1;
    int maxval = 255;
    bool text = false;   ///< samples are decimal numbers (P1, P2, P3)
    bool bitmap = false; ///< one bit a sample, 1 is black (P1, P4)

    bool two_values = false; ///< bytes of 0 and 1, 1 is white (a PAM of black and white)

    int bytes() const { return maxval > 255 ? 2 : 1; }

    image_info info() const {
        return {size.width, size.height, channels, 8 * bytes(), two_values ? 255 : maxval, image_format::pnm};
    }

    /// The least number of bytes of the samples, or nothing if it does not fit 64 bits.
    std::optional<index_t> payload() const {
        constexpr index_t most = std::numeric_limits<index_t>::max() / 8;
        if (size.width > most / size.height) return {};
        if (bitmap) return text ? size.area() : (size.width + 7) / 8 * size.height;
        // A number in text takes at least a digit and, but for the last one, a white space.
        return text ? size.area() * channels * 2 - 1 : size.area() * channels * bytes();
    }
};

constexpr bool is_space(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

constexpr bool is_digit(int c) {
    return c >= '0' && c <= '9';
}

/// The next character that is neither white space nor part of a comment.
inline int pnm_next(input& in) {
    int c = in.get();
    while (is_space(c) || c == '#') {
        if (c == '#')
            while (c != '\n' && c != '\r' && c != -1) c = in.get();
        else c = in.get();
    }
    return c;
}

/// The next decimal number and the one character after it. In a header that character is required: otherwise the end of
/// a truncated file could pass for a smaller number. Behind the last sample of a file it may be missing.
inline index_t pnm_number(input& in, char const* what, index_t largest, bool may_end) {
    int c = pnm_next(in);
    if (c == -1) in.truncated(what, 1, 0);
    if (!is_digit(c))
        in.fail(what, " at byte ", in.position() - 1, " is not a number but the character ", c, "; expected 0 to ",
                largest);
    index_t value = 0;
    for (; is_digit(c); c = in.get()) {
        value = 10 * value + (c - '0');
        if (value > largest) in.fail(what, " is ", value, " or more; expected at most ", largest);
    }
    if (c == -1 && may_end) return value;
    if (c == -1) in.fail("ends in ", what, " ", value, "; expected white space after it (is the file truncated?)");
    if (!is_space(c) && c != '#')
        in.fail(what, " ", value, " is followed by the character ", c, "; expected white space");
    if (c == '#')
        while (c != '\n' && c != '\r' && c != -1) c = in.get();
    return value;
}

/// The fields of a PAM (P7): lines of a name and a value, in any order, up to ENDHDR.
inline void read_pam_fields(input& in, pnm_header& h) {
    constexpr std::size_t longest_line = 1000;
    index_t depth = 0, maxval = 0;
    std::string type;
    for (;;) {
        std::string line;
        int c = in.get();
        for (; c != '\n' && c != -1 && line.size() < longest_line; c = in.get()) line += static_cast<char>(c);
        if (c == -1) in.truncated("the PAM header: the line ENDHDR", 1, 0);
        while (!line.empty() && is_space(line.back())) line.pop_back();
        if (line == "ENDHDR") break;
        if (line.empty() || line.front() == '#') continue;
        std::size_t const name = std::min(line.find_first_of(" \t"), line.size());
        std::size_t const value = std::min(line.find_first_not_of(" \t", name), line.size());
        auto const is = [&](char const* field) { return line.compare(0, name, field) == 0; };
        if (is("TUPLTYPE")) {
            type += (type.empty() ? "" : " ") + line.substr(value);
            continue;
        }
        index_t number = 0;
        bool digits = value < line.size() && line.size() - value < 16;
        for (std::size_t i = value; i < line.size() && digits; ++i) {
            digits = is_digit(line[i]);
            number = 10 * number + (line[i] - '0');
        }
        index_t* const field = is("WIDTH")    ? &h.size.width
                               : is("HEIGHT") ? &h.size.height
                               : is("DEPTH")  ? &depth
                               : is("MAXVAL") ? &maxval
                                              : nullptr;
        if (!field || !digits)
            in.fail("has the line \"", line.substr(0, 40),
                    "\" in its PAM header; expected WIDTH, HEIGHT, DEPTH or MAXVAL and a number, TUPLTYPE or ENDHDR");
        *field = number;
    }
    if (depth < 1 || depth > 4)
        in.fail("is a PAM of the depth ", depth,
                "; it is read with 1 to 4 channels: gray, gray and alpha, color, color "
                "and alpha");
    if (maxval < 1 || maxval > 65535) in.fail("has the largest sample (MAXVAL) ", maxval, "; expected 1 to 65535");
    h.channels = static_cast<int>(depth);
    h.maxval = static_cast<int>(maxval);
    h.two_values = maxval == 1 && type.starts_with("BLACKANDWHITE");
}

/// Reads up to the first sample, and rejects a file that is too short for its header.
inline pnm_header read_pnm_header(input& in) {
    constexpr index_t longest = index_t{1} << 48;
    pnm_header h;
    if (in.get() != 'P') in.fail("is not a PNM file; expected it to start with P1 to P7");
    int const kind = in.get() - '0';
    if (kind < 1 || kind > 7) in.fail("is not a PNM file of a known kind; expected it to start with P1 to P7");
    int const after = in.at_end() ? -1 : std::to_integer<int>(in.peek().front());
    if (!is_space(after) && after != '#') in.fail("has no white space after P", kind, "; expected the width there");
    h.text = kind <= 3;
    h.bitmap = kind == 1 || kind == 4;
    h.channels = kind == 3 || kind == 6 ? 3 : 1;
    if (kind == 7) {
        read_pam_fields(in, h);
    } else {
        h.size.width = pnm_number(in, "the width", longest, false);
        h.size.height = pnm_number(in, "the height", longest, false);
        if (!h.bitmap) h.maxval = static_cast<int>(pnm_number(in, "the largest sample (maxval)", 65535, false));
    }
    if (h.size.empty()) in.fail("holds ", h.size.width, " x ", h.size.height, " pixels; expected at least 1 x 1");
    if (h.maxval == 0) in.fail("has the largest sample (maxval) 0; expected 1 to 65535");
    auto const needed = h.payload();
    if (!needed) in.fail("claims ", h.size.width, " x ", h.size.height, " pixels, more than can be addressed");
    if (in.size() && *in.size() - in.position() < *needed)
        in.fail("is truncated: ", h.size.width, " x ", h.size.height, " pixels take at least ", *needed,
                " bytes after the header, but ", *in.size() - in.position(), " are there; copy or download it again");
    return h;
}

} // namespace detail

QUOIN_NAMESPACE_END
