// SPDX-License-Identifier: BSL-1.0
// service_log: which answers are written, as lines of JSON, and that nobody waits for who reads them.
#include "tools/serve/service_log.hpp"

#include <catch2/catch_test_macros.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string>

namespace {

using namespace examples;

struct channel {
    std::array<int, 2> ends{};
    channel() { REQUIRE(::pipe(ends.data()) == 0); }
    ~channel() {
        ::close(ends[0]);
        if (ends[1] >= 0) ::close(ends[1]);
    }
    /// All that was written, once nobody writes any more.
    std::string all() {
        ::close(ends[1]);
        ends[1] = -1;
        std::string text;
        std::array<char, 4096> part;
        for (ssize_t n; (n = ::read(ends[0], part.data(), part.size())) > 0;)
            text.append(part.data(), static_cast<std::size_t>(n));
        return text;
    }
};

answer_record record(int status) {
    return {.endpoint = "run", .status = status, .ms = 1.5};
}

auto lines(std::string const& text) {
    return std::count(text.begin(), text.end(), '\n');
}

} // namespace

TEST_CASE("service_log: a line says what it is told, and of which trace it is", "[serve]") {
    channel c;
    {
        service_log log(log_level::info, 1, c.ends[1]);
        log.answer({.time = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'000'000'000'007)),
                    .endpoint = "run",
                    .traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    .status = 200,
                    .ms = 12.5,
                    .steps = {{"queue", 0.25}, {"compute", 8.0}},
                    .cache = {},
                    .bytes_in = 100,
                    .bytes_out = 5000000000});
        log.answer({.time = {}, .endpoint = {}, .status = 404, .ms = 0, .cache = "memory"});
    }
    std::string const text = c.all();
    std::regex const first(
        R"(\{"time":"2001-09-09T01:46:40.007Z","level":"info","event":"answer","endpoint":"run","status":200,)"
        R"("ms":12.500,"steps_ms":\{"queue":0.250,"compute":8.000\},"bytes_in":100,"bytes_out":5000000000,)"
        R"("trace_id":"0af7651916cd43dd8448eb211c80319c","parent_id":"b7ad6b7169203331","span_id":"[0-9a-f]{16}"\})");
    std::regex const second(
        R"(\{"time":"1970-01-01T00:00:00.000Z","level":"warning","event":"answer","endpoint":"none","status":404,)"
        R"("ms":0.000,"cache":"memory","bytes_in":0,"bytes_out":0,)"
        R"("trace_id":"[0-9a-f]{32}","span_id":"[0-9a-f]{16}"\})");
    auto const end = text.find('\n');
    CAPTURE(text);
    CHECK(std::regex_match(text.substr(0, end), first));
    CHECK(std::regex_match(text.substr(end + 1, text.size() - end - 2), second));
}

TEST_CASE("service_log: its level and how many are written", "[serve]") {
    struct expected {
        log_level level;
        int lines;
    };
    for (auto const& [level, wanted] :
         {expected{log_level::off, 0}, {log_level::error, 12}, {log_level::warning, 22}, {log_level::info, 32}}) {
        channel c;
        {
            service_log log(level, 1, c.ends[1]);
            for (int i = 0; i < 10; ++i)
                for (int const status : {200, 429, 503}) log.answer(record(status));
            for (int i = 0; i < 2; ++i) log.answer(record(500));
        }
        CHECK(lines(c.all()) == wanted);
    }
    channel c;
    {
        service_log log(log_level::info, 4, c.ends[1]);
        for (int i = 0; i < 10; ++i) log.answer(record(200));
        log.answer(record(503)); // each status is counted for itself
    }
    std::string const text = c.all();
    CHECK(lines(text) == 4);
    CHECK(text.find("\"status\":503") != std::string::npos);
}

TEST_CASE("service_log: a reader that does not read costs lines, and no time", "[serve]") {
    using clock = std::chrono::steady_clock;
    channel c;
    auto const start = clock::now();
    {
        service_log log(log_level::info, 1, c.ends[1]);
        for (int i = 0; i < 20'000; ++i) log.answer(record(200));
        CHECK(clock::now() - start < std::chrono::seconds(5));
        CHECK(log.dropped() > 10'000);
    }
    CHECK(clock::now() - start < std::chrono::seconds(10));
    CHECK(lines(c.all()) > 100); // what a pipe holds
}
