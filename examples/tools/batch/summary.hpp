// SPDX-License-Identifier: BSL-1.0
// What a run of quoin-batch comes to: counts, rates, latencies, and the comparison of numbers of workers.
#pragma once

#include "../common/json.hpp"
#include "inputs.hpp"
#include "memory.hpp"

#include <array>
#include <cmath>
#include <map>
#include <sstream>

namespace examples {

/// One number of workers on the same files.
struct compared {
    int workers = 1;
    quoin::index_t files = 0;
    double ms = 0;
    double speed_up = 1; ///< against one worker
    double efficiency() const { return speed_up / workers; }
};

/// The fewest workers that come within a twentieth of the fastest; 0 where nothing was compared.
inline int recommended_workers(std::vector<compared> const& all) {
    double best = 0;
    for (compared const& c : all) best = std::max(best, c.speed_up);
    int fewest = 0;
    for (compared const& c : all)
        if (c.speed_up >= 0.95 * best && (fewest == 0 || c.workers < fewest)) fewest = c.workers;
    return fewest;
}

struct batch_summary {
    std::string job, options, input, output;
    int workers = 1;
    quoin::index_t memory = 0, peak = 0;
    quoin::index_t folders_left_out = 0;
    bool interrupted = false;
    std::array<quoin::index_t, 6> count{}; ///< by file_status
    quoin::index_t files = 0, pixels = 0, bytes = 0;
    double ms = 0;
    double mean = 0, median = 0, p95 = 0, p99 = 0; ///< milliseconds from beginning a file to its outputs
    double decode = 0, compute = 0, encode = 0;    ///< milliseconds of all files
    std::vector<compared> comparison;
    std::map<std::string, quoin::index_t> unread; ///< images that quoin does not read, by format
    struct noted {
        quoin::index_t files = 0;
        std::string first; ///< the name of the first of them
    };
    std::map<std::string, noted> notes; ///< by kind

    quoin::index_t of(file_status s) const { return count[static_cast<std::size_t>(s)]; }
    /// There were images, but none of a format that quoin reads.
    bool nothing_was_read() const {
        return !unread.empty() && of(file_status::done) + of(file_status::kept) + of(file_status::pending) == 0;
    }
    bool all_good() const {
        return of(file_status::failed) + of(file_status::oversized) == 0 && !nothing_was_read();
    }
    double files_per_second() const { return ms > 0 ? static_cast<double>(of(file_status::done)) * 1000 / ms : 0; }
    double megapixels_per_second() const { return ms > 0 ? static_cast<double>(pixels) / 1000 / ms : 0; }

    /// Counts the records, in `elapsed` milliseconds.
    void add_up(std::vector<file_record> const& records, double elapsed) {
        ms = elapsed;
        peak = peak_resident_bytes();
        files = static_cast<quoin::index_t>(records.size());
        std::vector<double> latencies;
        for (file_record const& r : records) {
            ++count[static_cast<std::size_t>(r.status)];
            if (r.unread) ++unread[r.unread];
            if (r.status != file_status::done) continue;
            for (note const& n : r.notes) {
                noted& all = notes[n.kind];
                if (all.files++ == 0) all.first = r.name.string();
            }
            pixels += r.info->size().area();
            bytes += r.version.bytes;
            latencies.push_back(r.times.ended - r.times.began);
            mean += latencies.back();
            decode += r.times.decode;
            compute += r.times.compute;
            encode += r.times.encode;
        }
        if (latencies.empty()) return;
        mean /= static_cast<double>(latencies.size());
        std::sort(latencies.begin(), latencies.end());
        auto const rank = [&](double part) { // the nearest
            auto const at = static_cast<std::size_t>(std::ceil(part * static_cast<double>(latencies.size())));
            return latencies[std::max<std::size_t>(at, 1) - 1];
        };
        median = rank(0.5);
        p95 = rank(0.95);
        p99 = rank(0.99);
    }
};

inline std::string fixed(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// "3 h 05 min", "4 min 10 s", "12.3 s"
inline std::string duration_text(double ms) {
    auto const s = static_cast<long long>(ms / 1000 + 0.5);
    if (ms < 60'000) return fixed(ms / 1000, 1) + " s";
    std::string const minutes = std::to_string(s / 60 % 60), seconds = std::to_string(s % 60);
    if (s < 3600) return minutes + " min " + (seconds.size() < 2 ? "0" : "") + seconds + " s";
    return std::to_string(s / 3600) + " h " + (minutes.size() < 2 ? "0" : "") + minutes + " min";
}

inline std::string counts_text(batch_summary const& s) {
    std::ostringstream text;
    text << s.files << " files: " << s.of(file_status::done) << " done";
    for (file_status const status :
         {file_status::kept, file_status::skipped, file_status::failed, file_status::oversized, file_status::pending})
        if (s.of(status) > 0) text << ", " << s.of(status) << ' ' << to_string(status);
    return text.str();
}

/// "3 files are images that quoin does not read (2 TIFF, 1 WebP); ..."
inline std::string unread_text(batch_summary const& s) {
    quoin::index_t all = 0;
    std::string formats;
    for (auto const& [format, count] : s.unread) {
        all += count;
        formats += (formats.empty() ? "" : ", ") + std::to_string(count) + " " + format;
    }
    bool const one = all == 1;
    return std::to_string(all) + (one ? " file is an image" : " files are images") + " that quoin does not read (" +
           formats + "); convert " + (one ? "it" : "them") + " to PNG, JPEG, BMP, TGA or PNM";
}

/// A few lines for people.
inline std::string summary_text(batch_summary const& s) {
    std::ostringstream text;
    if (s.interrupted) text << "interrupted; what is done is whole, and --resume goes on from here\n";
    text << counts_text(s) << '\n';
    if (!s.unread.empty()) text << unread_text(s) << '\n';
    for (auto const& [kind, all] : s.notes)
        text << "note: " << all.files << (all.files == 1 ? " file " : " files ") << kind
             << (all.files == 1 ? ": " : "; the first is ") << all.first << '\n';
    if (s.folders_left_out > 0)
        text << s.folders_left_out << " folders inside were not entered; --recursive enters them\n";
    if (s.of(file_status::done) > 0)
        text << duration_text(s.ms) << " with " << s.workers << " workers: " << fixed(s.files_per_second(), 1)
             << " files/s, " << fixed(s.megapixels_per_second(), 1) << " Mpx/s\n"
             << "a file took " << fixed(s.mean, 1) << " ms in the mean, median " << fixed(s.median, 1) << ", p95 "
             << fixed(s.p95, 1) << ", p99 " << fixed(s.p99, 1) << '\n';
    text << "memory: at most " << s.peak / mebibyte << " MiB were resident, " << s.memory / mebibyte
         << " MiB were allowed\n";
    for (compared const& c : s.comparison)
        text << c.workers << " workers: " << fixed(static_cast<double>(c.files) * 1000 / c.ms, 1)
             << " files/s, speed-up " << fixed(c.speed_up, 2) << ", efficiency " << fixed(c.efficiency(), 2) << '\n';
    if (!s.comparison.empty()) text << "recommended: --workers " << recommended_workers(s.comparison) << '\n';
    return text.str();
}

inline json_object summary_json(batch_summary const& s) {
    json_array comparison;
    for (compared const& c : s.comparison)
        comparison.emplace_back(json_object{{"workers", c.workers},
                                            {"files", c.files},
                                            {"seconds", rounded_to_microseconds(c.ms) / 1000},
                                            {"speed_up", rounded_to_microseconds(c.speed_up)},
                                            {"efficiency", rounded_to_microseconds(c.efficiency())}});
    json_object unread;
    for (auto const& [format, count] : s.unread) unread.emplace_back(format, count);
    json_array notes;
    for (auto const& [kind, all] : s.notes)
        notes.emplace_back(json_object{{"kind", kind}, {"files", all.files}, {"first", all.first}});
    return {
        {"job", s.job},
        {"options", s.options},
        {"input", s.input},
        {"output", s.output},
        {"workers", s.workers},
        {"memory_bytes", s.memory},
        {"peak_bytes", s.peak},
        {"interrupted", s.interrupted},
        {"files", s.files},
        {"done", s.of(file_status::done)},
        {"kept", s.of(file_status::kept)},
        {"skipped", s.of(file_status::skipped)},
        {"failed", s.of(file_status::failed)},
        {"oversized", s.of(file_status::oversized)},
        {"not_started", s.of(file_status::pending)},
        {"unread_formats", unread},
        {"notes", notes},
        {"pixels", s.pixels},
        {"bytes", s.bytes},
        {"seconds", rounded_to_microseconds(s.ms) / 1000},
        {"files_per_second", rounded_to_microseconds(s.files_per_second())},
        {"megapixels_per_second", rounded_to_microseconds(s.megapixels_per_second())},
        {"latency_ms",
         json_object{{"mean", rounded_to_microseconds(s.mean)},
          {"median", rounded_to_microseconds(s.median)},
          {"p95", rounded_to_microseconds(s.p95)},
          {"p99", rounded_to_microseconds(s.p99)}}},
        {"stages_ms",
         json_object{{"decode", rounded_to_microseconds(s.decode)},
          {"compute", rounded_to_microseconds(s.compute)},
          {"encode", rounded_to_microseconds(s.encode)}}},
        {"comparison", comparison},
        {"recommended_workers",
         comparison.empty() ? json_value(nullptr) : json_value(recommended_workers(s.comparison))}};
}

} // namespace examples
