// SPDX-License-Identifier: BSL-1.0
// A chain of filters by name: --chain gray,gaussian3,box=5 as a list of steps, and a step as a stage of
// quoin.
#pragma once

#include "../common/program.hpp"

#include <quoin/filter/edge/sobel.hpp>
#include <quoin/filter/linear/box.hpp>
#include <quoin/filter/linear/convolve.hpp>
#include <quoin/filter/linear/gaussian.hpp>
#include <quoin/filter/linear/gaussian3.hpp>
#include <quoin/filter/linear/gaussian5.hpp>
#include <quoin/filter/linear/sharpen.hpp>
#include <quoin/filter/point/brightness.hpp>
#include <quoin/filter/point/threshold.hpp>

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

namespace examples {

/// What --help says of the filters.
inline constexpr char const* filters_help =
    R"(Filters, for all channels alike but gray; integer arithmetic, rounded half up, saturated:
  gray              (9798 R + 19235 G + 3735 B + 16384) >> 15; gray images stay as they are
  gaussian3         [1 2 1] x [1 2 1] / 16
  gaussian5         [1 4 6 4 1] x [1 4 6 4 1] / 256
  sobel_magnitude   round(sqrt(gx^2 + gy^2)) of the 3x3 derivatives
  sobel_x sobel_y   the derivatives, signed; as the last filter their absolute value is written
  sharpen           (32 c - 2 * sum of the 8 neighbors) / 16
  brightness=G      round(G * v)
  threshold=L       v > L ? white : 0
  gaussian=SIGMA    a blur of any sigma up to 42
  box=N             the mean over N x N pixels, N odd
  correlate=KERNEL  any kernel of up to 7 x 7, laid over the image as written: rows separated by /,
                    values by : or blanks, a divisor behind @, as in correlate=0:-1:0/-1:5:-1/0:-1:0
                    or correlate=1:1:1@3; whole numbers are exact, others computed in float
  convolve=KERNEL   the same with the kernel turned by 180 degrees: the mathematical convolution
)";

inline constexpr char const* usual_chain = "gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2";

inline void add_chain_option(CLI::App& app, std::string& chain) {
    app.add_option("--chain", chain, "Filters, separated by commas")->type_name("FILTERS")->capture_default_str();
}

enum class filter {
    gray,
    gaussian3,
    gaussian5,
    sobel_x,
    sobel_y,
    sobel_magnitude,
    sharpen,
    brightness,
    threshold,
    gaussian,
    box,
    correlate,
    convolve
};

inline constexpr int largest_kernel = 7;

/// A kernel laid into the middle of a square with a side of 3 or 7, the rest of which is 0.
struct kernel_values {
    int side = 0;
    double values[largest_kernel][largest_kernel] = {};
    double divisor = 1;
    bool integers = true;
};

struct step {
    filter what = filter::gray;
    double value = 0; ///< of brightness, threshold, gaussian and box
    kernel_values kernel;
};

namespace detail {

struct filter_name {
    char const* name;
    filter what;
    bool has_value;
};
inline constexpr filter_name filter_names[] = {
    {"gray", filter::gray, false},
    {"gaussian3", filter::gaussian3, false},
    {"gaussian5", filter::gaussian5, false},
    {"sobel_x", filter::sobel_x, false},
    {"sobel_y", filter::sobel_y, false},
    {"sobel_magnitude", filter::sobel_magnitude, false},
    {"sharpen", filter::sharpen, false},
    {"brightness", filter::brightness, true},
    {"threshold", filter::threshold, true},
    {"gaussian", filter::gaussian, true},
    {"box", filter::box, true},
    {"correlate", filter::correlate, true},
    {"convolve", filter::convolve, true},
};

inline std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (;;) {
        std::size_t const end = text.find_first_of(separators);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

inline double number(std::string_view text, std::string const& where) {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        throw usage_error(where + ": '" + std::string(text) + "' is not a number");
    constexpr float most = std::numeric_limits<float>::max();
    if (std::abs(value) > most) {
        std::ostringstream message;
        message << where << ": '" << text << "' is not in -" << most << ".." << most;
        throw usage_error(message.str());
    }
    return value;
}

inline bool is_int(double v) {
    return v == std::floor(v) && std::abs(v) <= 2147483647;
}

/// Rows separated by /, values by : or blanks, a divisor behind @.
inline kernel_values parse_kernel(std::string_view text, std::string const& where) {
    kernel_values k;
    if (std::size_t const at = text.find('@'); at != text.npos) {
        k.divisor = number(text.substr(at + 1), where);
        text = text.substr(0, at);
    }
    std::vector<std::vector<double>> rows;
    for (std::string_view const row : split(text, "/")) {
        rows.emplace_back();
        for (std::string_view const value : split(row, ": "))
            if (!value.empty()) rows.back().push_back(number(value, where));
    }
    std::size_t const height = rows.size(), width = rows.front().size();
    for (auto const& row : rows)
        if (row.size() != width) throw usage_error(where + ": the rows of the kernel differ in length");
    if (width % 2 == 0 || height % 2 == 0 || std::max(width, height) > largest_kernel)
        throw usage_error(where + ": the kernel is " + std::to_string(width) + " x " +
                          std::to_string(height) + "; both sides must be 1, 3, 5 or 7");
    k.side = std::max(width, height) <= 3 ? 3 : largest_kernel;
    k.integers = is_int(k.divisor);
    for (std::size_t j = 0; j < height; ++j)
        for (std::size_t i = 0; i < width; ++i) {
            double const v = rows[j][i];
            k.values[j + (k.side - height) / 2][i + (k.side - width) / 2] = v;
            k.integers = k.integers && is_int(v);
        }
    return k;
}

template <class K, int Side>
auto make_correlate(kernel_values const& k) {
    K values[Side][Side];
    for (int j = 0; j < Side; ++j)
        for (int i = 0; i < Side; ++i) values[j][i] = static_cast<K>(k.values[j][i]);
    return quoin::correlate(values, static_cast<K>(k.divisor));
}

template <class K, class F>
auto with_correlate(kernel_values const& k, F const& f) {
    if (k.side == 3) return f(make_correlate<K, 3>(k));
    return f(make_correlate<K, largest_kernel>(k));
}

} // namespace detail

/// f(stage) with the stage that stands for a step other than gray.
template <class F>
auto with_stage(step const& s, F const& f) {
    switch (s.what) {
    case filter::sobel_x:
        return f(quoin::sobel_x);
    case filter::sobel_y:
        return f(quoin::sobel_y);
    case filter::sobel_magnitude:
        return f(quoin::sobel_magnitude);
    case filter::sharpen:
        return f(quoin::sharpen);
    case filter::brightness:
        return f(quoin::brightness(static_cast<float>(s.value)));
    case filter::threshold:
        return f(quoin::threshold(s.value));
    case filter::gaussian:
        return f(quoin::gaussian(s.value));
    case filter::gaussian5:
        return f(quoin::gaussian5);
    case filter::box:
        return f(quoin::box(static_cast<int>(s.value)));
    case filter::correlate:
        return s.kernel.integers ? detail::with_correlate<int>(s.kernel, f)
                                 : detail::with_correlate<float>(s.kernel, f);
    case filter::convolve: {
        auto const turned = [&](auto const& stage) { return f(stage.flipped()); };
        return s.kernel.integers ? detail::with_correlate<int>(s.kernel, turned)
                                 : detail::with_correlate<float>(s.kernel, turned);
    }
    case filter::gray:
    case filter::gaussian3:
        break;
    }
    return f(quoin::gaussian3);
}

/// @throws usage_error that names the part of the chain that is wrong.
inline std::vector<step> parse_chain(std::string const& text) {
    std::vector<step> steps;
    for (std::string_view const part : detail::split(text, ",")) {
        std::string const where = "--chain: " + std::string(part);
        std::size_t const equals = part.find('=');
        std::string_view const name = part.substr(0, equals);
        detail::filter_name const* found = nullptr;
        std::string known;
        for (auto const& f : detail::filter_names) {
            if (name == f.name) found = &f;
            known += std::string(known.empty() ? "" : ", ") + f.name + (f.has_value ? "=..." : "");
        }
        if (found == nullptr) throw usage_error(where + ": no such filter; there are " + known);
        if (found->has_value != (equals != part.npos))
            throw usage_error(where + ": " + found->name +
                              (found->has_value ? " needs a value, as in " : " takes no value: ") +
                              found->name + (found->has_value ? "=2" : ""));
        step s{found->what, 0, {}};
        if (s.what == filter::correlate || s.what == filter::convolve)
            s.kernel = detail::parse_kernel(part.substr(equals + 1), where);
        else if (found->has_value) s.value = detail::number(part.substr(equals + 1), where);
        if (s.what == filter::box && !detail::is_int(s.value))
            throw usage_error(where + ": the side of a box is a whole number");
        try {
            with_stage(s, [](auto const&) {}); // filters check their own values
        } catch (quoin::invalid_argument const& e) {
            throw usage_error(where + ": " + e.what());
        }
        steps.push_back(s);
    }
    return steps;
}

} // namespace examples
