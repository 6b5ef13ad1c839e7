// SPDX-License-Identifier: BSL-1.0
// A recording as JSON, with the events of chrome://tracing and Perfetto, and formatted lines of text.
#pragma once

#include <quoin/observe/detail/recording.hpp>

#include <algorithm>
#include <cstdio>
#include <string_view>

QUOIN_NAMESPACE_BEGIN

namespace detail {

constexpr char const* kind_name(pass_kind k) {
    constexpr char const* names[] = {"set-up", "lines", "output", "work", "device"};
    return names[static_cast<int>(k)];
}

inline std::string json_string(std::string_view text) {
    std::string quoted = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += static_cast<unsigned char>(c) < 32 ? ' ' : c;
    }
    return quoted + '"';
}

/// Writes events through out.write(data, size), in pieces.
template <class Out>
class json_events {
public:
    explicit json_events(Out& out) : out_(out) { put("{\"displayTimeUnit\": \"ms\", \"traceEvents\": ["); }

    /// Names the process (thread < 0) or one of its threads.
    void name(int thread, std::string const& text) {
        begin();
        put(R"({"ph": "M", "pid": 1, "tid": )", std::to_string(std::max(thread, 0)), R"(, "name": ")",
            thread < 0 ? "process_name" : "thread_name", R"(", "args": {"name": )", json_string(text), "}}");
    }
    /// An event with a beginning and a duration. args is the text between the braces.
    void span(std::string const& name, char const* category, int thread, std::int64_t begin_ns, std::int64_t ns,
              std::string const& args) {
        begin();
        put(R"({"ph": "X", "pid": 1, "tid": )", std::to_string(thread), R"(, "ts": )", microseconds(begin_ns),
            R"(, "dur": )", microseconds(ns), R"(, "name": )", json_string(name), R"(, "cat": ")", category,
            R"(", "args": {)", args, "}}");
    }
    void end(index_t left_out) {
        put("\n], \"otherData\": {\"spans left out\": ", std::to_string(left_out), "}}\n");
        flush();
    }

private:
    static std::string microseconds(std::int64_t ns) {
        char text[32];
        std::snprintf(text, sizeof text, "%lld.%03d", static_cast<long long>(ns / 1000), static_cast<int>(ns % 1000));
        return text;
    }
    void begin() {
        put(first_ ? "\n" : ",\n");
        first_ = false;
    }
    void put(auto const&... parts) {
        ((text_ += parts), ...);
        if (text_.size() > (1 << 16)) flush();
    }
    void flush() {
        out_.write(text_.data(), static_cast<std::ptrdiff_t>(text_.size()));
        text_.clear();
    }

    Out& out_;
    std::string text_;
    bool first_ = true;
};

template <class Out>
void write_chrome(recording const& r, Out& out) {
    json_events<Out> json(out);
    r.read([&](auto const& evaluations, auto const& spans, auto const& totals, auto const& threads, index_t left_out) {
        json.name(-1, "quoin");
        for (std::size_t t = 0; t < threads.size(); ++t) json.name(static_cast<int>(t), "thread " + std::to_string(t));
        for (recorded_span const& s : spans) {
            recorded_evaluation const& e = evaluations[static_cast<std::size_t>(s.evaluation)];
            if (s.number < 0) {
                json.span(e.name, "evaluation", s.thread, s.begin, s.end - s.begin, "");
                continue;
            }
            std::string args = "\"block\": " + std::to_string(s.number);
            if (!s.where.empty())
                args += ", \"x\": " + std::to_string(s.where.x) + ", \"y\": " + std::to_string(s.where.y) +
                        ", \"width\": " + std::to_string(s.where.width) +
                        ", \"height\": " + std::to_string(s.where.height);
            bool const pipeline = e.stages.size() > 1;
            json.span(e.name, pipeline ? "block" : kind_name(e.stages[0].second), s.thread, s.begin, s.end - s.begin,
                      args);
            if (!pipeline) continue;
            // In the evaluation the stages of a block alternate row by row; here each is drawn in one piece.
            std::int64_t at = s.begin;
            for (std::size_t i = 0; i < e.stages.size(); ++i) {
                stage_total const& total = totals[s.stages + i];
                if (total.ns > 0)
                    json.span(e.stages[i].first, kind_name(e.stages[i].second), s.thread, at, total.ns,
                              "\"rows\": " + std::to_string(total.rows));
                at += total.ns;
            }
        }
        json.end(left_out);
    });
}

/// printf into a string, for short lines.
template <class... Args>
std::string formatted(char const* format, Args const&... args) {
    char line[160];
    std::snprintf(line, sizeof line, format, args...);
    return line;
}

} // namespace detail

QUOIN_NAMESPACE_END
