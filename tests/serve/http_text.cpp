// SPDX-License-Identifier: BSL-1.0
// Heads of requests: what is read of them, and a corpus of those that two readers may read differently.
#include "tools/serve/http_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

int status_of(std::string const& text) {
    examples::http_head head;
    auto const fault = examples::read_http_head(text, head);
    return fault ? fault->status : 200;
}
/// A head with these lines behind a first line and a Host that are right.
int with(std::string const& lines) {
    return status_of("POST /v1/run?chain=gray HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n");
}

} // namespace

TEST_CASE("read_http_head: what it finds", "[serve]") {
    examples::http_head head;
    std::string const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    CHECK_FALSE(examples::read_http_head("POST /v1/r%75n?chain=gray%2cbox=3+&b=&no-orient HTTP/1.1\r\nhOST: a:80\r\n"
                                         "Content-length:12 \r\nContent-Type: image/png\r\nExpect: 100-Continue\r\n"
                                         "traceparent: " +
                                             trace + "\r\nX-Any: \xE4\tb\r\n\r\n",
                                         head));
    CHECK(head.method == "POST");
    CHECK(head.path == "/v1/run");
    CHECK(head.query == examples::http_query{{"chain", "gray,box=3 "}, {"b", ""}, {"no-orient", ""}});
    CHECK(head.content_length == 12);
    CHECK(head.content_type == "image/png");
    CHECK(head.traceparent == trace);
    CHECK((head.expects_continue && head.keeps_alive && !head.chunked && head.has_body()));
    CHECK_FALSE(examples::read_http_head("GET / HTTP/1.0\r\n\r\n", head));
    CHECK_FALSE((head.keeps_alive || head.has_body() || head.content_length));
    CHECK(head.query.empty());
    CHECK_FALSE(examples::read_http_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", head));
    CHECK(head.keeps_alive);
    CHECK_FALSE(examples::read_http_head("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, CLOSE\r\n\r\n", head));
    CHECK_FALSE(head.keeps_alive);
    CHECK_FALSE(examples::read_http_head("GET / HTTP/1.1\r\nHost: h\r\ntraceparent: 00-x\r\n\r\n", head));
    CHECK(head.traceparent.empty());
}

TEST_CASE("read_http_head: no head that readers may read differently", "[serve]") {
    CHECK(with("") == 200);
    CHECK(with("Transfer-Encoding: chunked\r\n") == 200);
    CHECK(with("Content-Length: 3\r\n") == 200);
    // Lengths and codings.
    CHECK(with("Content-Length: 3\r\nContent-Length: 3\r\n") == 400);
    CHECK(with("Content-Length: 3, 3\r\n") == 400);
    CHECK(with("Content-Length: +3\r\n") == 400);
    CHECK(with("Content-Length: -3\r\n") == 400);
    CHECK(with("Content-Length: 0x3\r\n") == 400);
    CHECK(with("Content-Length: 3 4\r\n") == 400);
    CHECK(with("Content-Length:\r\n") == 400);
    CHECK(with("Content-Length: 99999999999999999999\r\n") == 400);
    CHECK(with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") == 400);
    CHECK(with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n") == 400);
    CHECK(with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") == 400);
    CHECK(with("Transfer-Encoding: gzip\r\n") == 501);
    CHECK(with("Transfer-Encoding: gzip, chunked\r\n") == 501);
    CHECK(with("Transfer-Encoding: chunked, identity\r\n") == 501);
    CHECK(with("Transfer-Encoding: xchunked\r\n") == 501);
    CHECK(with("Transfer-Encoding:\r\n") == 501);
    CHECK(with("Content-Encoding: gzip\r\n") == 415);
    CHECK(with("Expect: 200-ok\r\n") == 417);
    CHECK(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
    // Lines.
    CHECK(with("Transfer-Encoding : chunked\r\n") == 400);
    CHECK(with(" Content-Length: 3\r\n") == 400);
    CHECK(with("X: a\r\n b\r\n") == 400);
    CHECK(with("X: a\r\n\tb\r\n") == 400);
    CHECK(with("X\r\n") == 400);
    CHECK(with(": a\r\n") == 400);
    CHECK(with("X(: a\r\n") == 400);
    CHECK(with("X: a\nY: b\r\n") == 400);
    CHECK(with("X: a\rY: b\r\n") == 400);
    CHECK(with(std::string("X: a\0b\r\n", 8)) == 400);
    CHECK(with("X: \x7F\r\n") == 400);
    CHECK(with("Host: h\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\nHost: h\n\n") == 400);
    CHECK(status_of("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost: h\r\n\r\nmore") == 400);
    CHECK(status_of("") == 400);
    // First lines.
    for (char const* line : {"GET  / HTTP/1.1",
                             "GET /",
                             "GET / ",
                             "GET / HTTP/1.1 ",
                             " GET / HTTP/1.1",
                             "G@T / HTTP/1.1",
                             "/ HTTP/1.1",
                             "GET a HTTP/1.1",
                             "GET http://h/ HTTP/1.1",
                             "GET * HTTP/1.1",
                             "GET /\x80 HTTP/1.1",
                             "GET /a\tb HTTP/1.1",
                             "GET / http/1.1",
                             "GET / XTTP/1.1",
                             "GET /%0a HTTP/1.1",
                             "GET /%zz HTTP/1.1",
                             "GET /% HTTP/1.1",
                             "GET /%1 HTTP/1.1",
                             "GET /?a=%00 HTTP/1.1",
                             "GET /?a=1&a=2 HTTP/1.1"}) {
        CAPTURE(line);
        CHECK(status_of(std::string(line) + "\r\nHost: h\r\n\r\n") == 400);
    }
    for (char const* version : {"HTTP/2.0", "HTTP/1.2", "HTTP/1.10", "HTTP/0.9", "HTTP/"}) {
        CAPTURE(version);
        CHECK(status_of("GET / " + std::string(version) + "\r\nHost: h\r\n\r\n") == 505);
    }
}
