// SPDX-License-Identifier: BSL-1.0
// --report: files.csv, summary.json and report.html.
#pragma once

#include "../common/text_file.hpp"
#include "plots.hpp"

namespace examples {

/// As RFC 4180 quotes.
inline std::string csv_field(std::string const& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string result = "\"";
    for (char const c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

inline void write_files_csv(std::filesystem::path const& path, std::vector<file_record> const& records) {
    text_file out(path);
    out.put("file,status,output,bytes,width,height,channels,bits,ms_began,ms_decode,ms_compute,ms_encode,ms_total,"
            "message,notes\n");
    for (file_record const& r : records) {
        quoin::image_info const info = r.info.value_or(quoin::image_info{});
        out.put(csv_field(r.name.string()), ",", to_string(r.status), ",", csv_field(r.stem), ",", r.version.bytes, ",",
                info.width, ",", info.height, ",", info.channels, ",", info.bits);
        for (double const ms : {r.times.began, r.times.decode, r.times.compute, r.times.encode,
                                std::max(0.0, r.times.ended - r.times.began)})
            out.put(",", rounded_to_microseconds(ms));
        std::string notes;
        for (note const& n : r.notes) notes += (notes.empty() ? "" : "; ") + n.text;
        out.put(",", csv_field(r.message), ",", csv_field(notes), "\n");
    }
    out.commit();
}

inline constexpr char const* report_style = R"(
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; color: #222 }
h1 { font-size: 1.4em } h2 { font-size: 1.1em } svg { margin: 0 1em 1em 0 } pre { background: #f4f4f4; padding: 1em }
table { border-collapse: collapse } td, th { padding: .2em .8em; border: 1px solid #ccc; text-align: left }
text { font: 11px system-ui, sans-serif; fill: #444 } .title { font-size: 13px; font-weight: 600; fill: #222 }
.grid { stroke: #e4e4e4 } polyline { fill: none; stroke-width: 1.5 } .curve { stroke: #1f6fb4 }
.ideal { stroke: #999; stroke-dasharray: 4 4 } circle { fill: #1f6fb4; fill-opacity: .6 } .bar { fill: #1f6fb4 }
.decode { fill: #1f6fb4 } .compute { fill: #d98328 } .encode { fill: #4a9a58 }
)";

inline void write_html(std::filesystem::path const& path, std::vector<file_record> const& records,
                       batch_summary const& s) {
    std::vector<file_record const*> done;
    for (file_record const& r : records)
        if (r.status == file_status::done) done.push_back(&r);
    text_file out(path);
    out.put("<!doctype html>\n<html lang='en'><meta charset='utf-8'><title>quoin-batch: ", s.job, "</title>\n<style>",
            report_style, "</style>\n<h1>quoin-batch: ", s.job, "</h1>\n<p>", escaped_html(s.input), " &rarr; ",
            escaped_html(s.output), "<br>", escaped_html(s.options), "</p>\n<pre>", escaped_html(summary_text(s)),
            "</pre>\n");
    if (!done.empty()) out.put(plot_progress(done), plot_latencies(done, s), plot_sizes(done), plot_stages(s));
    if (!s.comparison.empty()) out.put(plot_comparison(s.comparison));
    out.put("<h2>Files without outputs</h2>\n<table><tr><th>file<th>status<th>why\n");
    for (file_record const& r : records)
        if (r.status != file_status::done && r.status != file_status::kept)
            out.put("<tr><td>", escaped_html(r.name.string()), "<td>", to_string(r.status), "<td>",
                    escaped_html(r.message), "\n");
    out.put("</table>\n");
    if (!s.notes.empty()) {
        out.put("<h2>Files with notes</h2>\n<table><tr><th>file<th>note\n");
        for (file_record const& r : records)
            for (note const& n : r.notes)
                out.put("<tr><td>", escaped_html(r.name.string()), "<td>", escaped_html(n.text), "\n");
        out.put("</table>\n");
    }
    out.put("</html>\n");
    out.commit();
}

inline void write_report(std::filesystem::path const& folder, std::vector<file_record> const& records,
                         batch_summary const& s) {
    write_files_csv(folder / "files.csv", records);
    text_file json(folder / "summary.json");
    json.put(json_text(summary_json(s)), "\n");
    json.commit();
    write_html(folder / "report.html", records, s);
}

} // namespace examples
