// SPDX-License-Identifier: BSL-1.0
// Plots as SVG: axes with round numbers, lines, points and bars.
#pragma once

#include "summary.hpp"

#include <cmath>

namespace examples {

struct point {
    double x, y;
};

/// Text in HTML.
inline std::string escaped_html(std::string const& text) {
    std::string result;
    for (char const c : text) {
        if (c == '&') result += "&amp;";
        else if (c == '<') result += "&lt;";
        else if (c == '>') result += "&gt;";
        else if (c == '"') result += "&quot;";
        else result += c;
    }
    return result;
}

/// From 0 to what is drawn; marks are added, then text() is the picture.
class plot {
public:
    plot(std::string const& title, std::string const& x, std::string const& y, double largest_x, double largest_y)
        : step_x_(round_step(largest_x)), step_y_(round_step(largest_y)),
          most_x_(std::ceil(std::max(largest_x, 1e-9) / step_x_) * step_x_),
          most_y_(std::ceil(std::max(largest_y, 1e-9) / step_y_) * step_y_) {
        out_ << "<svg viewBox='0 0 " << width << ' ' << height << "' width='" << width << "' height='" << height
             << "' role='img' aria-label='" << title << "'>\n";
        label(left, 16, "start", title, "title");
        for (double v = 0; v <= most_x_ * 1.0001; v += step_x_) {
            line({v, 0}, {v, most_y_}, "grid");
            label(at_x(v), at_y(0) + 16, "middle", tick(v, step_x_), "tick");
        }
        for (double v = 0; v <= most_y_ * 1.0001; v += step_y_) {
            line({0, v}, {most_x_, v}, "grid");
            label(left - 6, at_y(v) + 4, "end", tick(v, step_y_), "tick");
        }
        label((left + right) / 2, height - 4, "middle", x, "axis");
        label(width - 6, 16, "end", y, "axis");
    }

    void curve(std::vector<point> const& points, char const* kind) {
        out_ << "<polyline class='" << kind << "' points='";
        for (point const& p : points) out_ << fixed(at_x(p.x), 1) << ',' << fixed(at_y(p.y), 1) << ' ';
        out_ << "'/>\n";
    }
    void dots(std::vector<point> const& points) {
        for (point const& p : points)
            out_ << "<circle cx='" << fixed(at_x(p.x), 1) << "' cy='" << fixed(at_y(p.y), 1) << "' r='2'/>\n";
    }
    void bar(double begin, double end, double value, char const* kind = "bar") {
        out_ << "<rect class='" << kind << "' x='" << fixed(at_x(begin), 1) << "' y='" << fixed(at_y(value), 1)
             << "' width='" << fixed(std::max(at_x(end) - at_x(begin) - 1, 0.5), 1) << "' height='"
             << fixed(at_y(0) - at_y(value), 1) << "'/>\n";
    }
    std::string text() const { return out_.str() + "</svg>\n"; }

private:
    static constexpr double width = 560, height = 300, left = 64, right = 540, top = 28, bottom = 256;

    double at_x(double v) const { return left + v / most_x_ * (right - left); }
    double at_y(double v) const { return bottom - v / most_y_ * (bottom - top); }

    /// 1, 2 or 5 times a power of ten, about a fifth of the largest value.
    static double round_step(double largest) {
        double const rough = std::max(largest, 1e-9) / 5;
        double const power = std::pow(10, std::floor(std::log10(rough)));
        for (double const factor : {1., 2., 5.})
            if (factor * power >= rough) return factor * power;
        return 10 * power;
    }
    static std::string tick(double v, double step) {
        return fixed(v, step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    }
    void label(double x, double y, char const* anchor, std::string const& text, char const* kind) {
        out_ << "<text class='" << kind << "' x='" << fixed(x, 1) << "' y='" << fixed(y, 1) << "' text-anchor='"
             << anchor << "'>" << escaped_html(text) << "</text>\n";
    }
    void line(point a, point b, char const* kind) {
        out_ << "<line class='" << kind << "' x1='" << fixed(at_x(a.x), 1) << "' y1='" << fixed(at_y(a.y), 1)
             << "' x2='" << fixed(at_x(b.x), 1) << "' y2='" << fixed(at_y(b.y), 1) << "'/>\n";
    }

    double step_x_, step_y_, most_x_, most_y_;
    std::ostringstream out_;
};

/// Files that are done, over the seconds of the run.
inline std::string plot_progress(std::vector<file_record const*> const& done) {
    std::vector<double> ends;
    for (file_record const* r : done) ends.push_back(r->times.ended / 1000);
    std::sort(ends.begin(), ends.end());
    std::vector<point> points{{0, 0}};
    std::size_t const step = ends.size() / 500 + 1;
    for (std::size_t i = 0; i < ends.size(); ++i)
        if ((i + 1) % step == 0 || i + 1 == ends.size()) points.push_back({ends[i], static_cast<double>(i + 1)});
    plot p("Files done over time", "seconds", "files", ends.back(), static_cast<double>(ends.size()));
    p.curve(points, "curve");
    return p.text();
}

/// How many files took how long; what is above p99 stands in the last bar.
inline std::string plot_latencies(std::vector<file_record const*> const& done, batch_summary const& s) {
    constexpr int bars = 40;
    double const each = std::max(s.p99, 1e-3) / (bars - 1);
    std::vector<double> counts(bars);
    for (file_record const* r : done) {
        double const bar = std::min<double>((r->times.ended - r->times.began) / each, bars - 1);
        ++counts[static_cast<std::size_t>(bar)];
    }
    plot p("Time of a file, above p99 in the last bar", "milliseconds", "files", each * bars,
           *std::max_element(counts.begin(), counts.end()));
    for (int i = 0; i < bars; ++i)
        if (counts[static_cast<std::size_t>(i)] > 0)
            p.bar(i * each, (i + 1) * each, counts[static_cast<std::size_t>(i)]);
    return p.text();
}

inline std::string plot_sizes(std::vector<file_record const*> const& done) {
    std::vector<point> points;
    point most{0, 0};
    std::size_t const step = done.size() / 2000 + 1;
    for (std::size_t i = 0; i < done.size(); i += step) {
        point const p{static_cast<double>(done[i]->info->size().area()) / 1e6,
                      done[i]->times.decode + done[i]->times.compute + done[i]->times.encode};
        points.push_back(p);
        most = {std::max(most.x, p.x), std::max(most.y, p.y)};
    }
    plot p("Work for a file over its size", "megapixels", "milliseconds", most.x, most.y);
    p.dots(points);
    return p.text();
}

inline std::string plot_stages(batch_summary const& s) {
    double const sum = std::max(s.decode + s.compute + s.encode, 1e-9);
    std::ostringstream out;
    out << "<svg viewBox='0 0 560 90' width='560' height='90' role='img' aria-label='stages'>\n"
        << "<text class='title' x='64' y='16'>Where the time of the workers went</text>\n";
    double x = 64, legend = 64;
    for (auto const& [name, ms] : {std::pair("decode", s.decode), {"compute", s.compute}, {"encode", s.encode}}) {
        double const wide = ms / sum * 476;
        out << "<rect class='" << name << "' x='" << fixed(x, 1) << "' y='28' width='" << fixed(wide, 1)
            << "' height='24'/>\n<rect class='" << name << "' x='" << fixed(legend, 1)
            << "' y='64' width='10' height='10'/>\n<text class='tick' x='" << fixed(legend + 16, 1) << "' y='73'>"
            << name << ' ' << fixed(100 * ms / sum, 0) << " %</text>\n";
        x += wide;
        legend += 160; // beside the bar's parts, which may be narrow
    }
    return out.str() + "</svg>\n";
}

inline std::string plot_comparison(std::vector<compared> const& all) {
    double most = 1, fastest = 1;
    for (compared const& c : all) {
        most = std::max<double>(most, c.workers);
        fastest = std::max(fastest, c.speed_up);
    }
    plot p("Speed-up against one worker; dashed: as workers", "workers", "times", most,
           std::max(most, fastest));
    p.curve({{0, 0}, {most, most}}, "ideal");
    std::vector<point> points;
    for (compared const& c : all) points.push_back({static_cast<double>(c.workers), c.speed_up});
    p.curve(points, "curve");
    p.dots(points);
    return p.text();
}

} // namespace examples
