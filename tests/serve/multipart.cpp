// SPDX-License-Identifier: BSL-1.0
// Bodies of several parts: what is found in them, and a corpus of those that two readers may read differently.
#include "tools/serve/multipart.hpp"

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <vector>

using examples::read_boundary;
using examples::read_multipart;

namespace {

constexpr char const* disposition = "Content-Disposition: form-data; name=\"image\"\r\n";

int status_of(std::string const& body, examples::multipart_limits const& limits = {}) {
    std::vector<std::string_view> parts;
    auto const fault = read_multipart(body, "b", limits, parts);
    return fault ? fault->status : 200;
}
/// A body of one part with these lines and bytes.
std::string one(std::string const& lines, std::string const& bytes = "data") {
    return "--b\r\n" + lines + "\r\n" + bytes + "\r\n--b--\r\n";
}
int boundary_status(std::string const& type) {
    std::string boundary;
    auto const fault = read_boundary(type, boundary);
    CHECK(boundary.empty() == (fault || type.find("multipart") == type.npos));
    return fault ? fault->status : 200;
}

} // namespace

TEST_CASE("read_boundary: where it is, and where there is none", "[serve]") {
    std::string boundary;
    for (char const* type : {"multipart/form-data; boundary=a.b-9", "Multipart/Form-Data;BOUNDARY=\"a.b-9\"",
                             "multipart/form-data ; charset=utf-8 ;\tboundary=a.b-9 "}) {
        CAPTURE(type);
        CHECK_FALSE(read_boundary(type, boundary));
        CHECK(boundary == "a.b-9");
    }
    CHECK_FALSE(read_boundary("multipart/form-data; boundary=\"a b:c?\"", boundary));
    CHECK(boundary == "a b:c?");
    CHECK(boundary_status("") == 200);
    CHECK(boundary_status("image/png; boundary=a") == 200);
    CHECK(boundary_status("multipart/mixed; boundary=a") == 415);
    CHECK(boundary_status("multipart/form-datas; boundary=a") == 415);
    CHECK(boundary_status("multipart/form-data; boundary=" + std::string(70, 'x')) == 200);
    for (std::string const& type :
         std::vector<std::string>{"multipart/form-data", "multipart/form-data;", "multipart/form-data; boundary",
                                  "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
                                  "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"a\\",
                                  "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a; boundary=a",
                                  "multipart/form-data; boundary=a b", "multipart/form-data; boundary=\"a\"b",
                                  "multipart/form-data; boundary=a;;", "multipart/form-data; =a; boundary=a",
                                  "multipart/form-data; boundary=a*b", "multipart/form-data; boundary=\"a\xE4\"",
                                  "multipart/form-data; boundary=" + std::string(71, 'x')}) {
        CAPTURE(type);
        CHECK(boundary_status(type) == 400);
    }
}

TEST_CASE("read_multipart: the bytes of the parts", "[serve]") {
    auto const seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        // Few letters, so that what is nearly a boundary comes often.
        std::string boundary;
        for (auto n = 1 + random() % 4; n > 0; --n) boundary += "-b"[random() % 2];
        std::vector<std::string> sent;
        std::string body = "--" + boundary;
        for (auto n = 1 + random() % 4; n > 0; --n) {
            std::string bytes;
            for (auto k = random() % 30; k > 0; --k) bytes += "\r\n-b\0"[random() % 5];
            if (("\r\n" + bytes + "\r\n").find("\r\n--" + boundary) != std::string::npos) continue;
            sent.push_back(bytes);
            body += std::string(random() % 3, ' ') + "\r\nContent-Type: image/png\r\ncontent-disposition: Form-Data; " +
                    "filename=\"../a;\\\"b\\\\\"; name=x\r\n\r\n" + bytes + "\r\n--" + boundary;
        }
        if (sent.empty()) continue;
        body += "--";
        if (random() % 2) body += "\r\n";
        CAPTURE(round, body);
        std::vector<std::string_view> parts;
        auto const fault = read_multipart(body, boundary, {}, parts);
        REQUIRE_FALSE(fault);
        REQUIRE(parts.size() == sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            CHECK(parts[i] == sent[i]);
            CHECK((parts[i].data() >= body.data() && parts[i].data() + parts[i].size() <= body.data() + body.size()));
        }
        // Every beginning of it is refused, but for the whole without its last line end.
        for (std::size_t size = 0; size + 2 < body.size(); ++size)
            if (!read_multipart(std::string_view(body).substr(0, size), boundary, {}, parts))
                FAIL("the first " << size << " bytes are taken");
    }
}

TEST_CASE("read_multipart: no body that readers may read differently", "[serve]") {
    CHECK(status_of(one(disposition)) == 200);
    CHECK(status_of(one(disposition, "")) == 200);
    CHECK(status_of(one(std::string(disposition) + "Content-Transfer-Encoding: binary\r\nX: y\r\n")) == 200);
    {
        // The line end of the empty line is that of the boundary, too: a part without bytes, and not one that begins
        // with a boundary.
        std::vector<std::string_view> parts;
        CHECK_FALSE(read_multipart("--b\r\n" + std::string(disposition) + "\r\n--b--\r\n", "b", {}, parts));
        CHECK((parts.size() == 1 && parts[0].empty()));
    }
    // Around the parts.
    CHECK(status_of("") == 400);
    CHECK(status_of("--b") == 400);
    CHECK(status_of("--b--") == 400);
    CHECK(status_of("--b--\r\n") == 400);
    CHECK(status_of("before\r\n" + one(disposition)) == 400);
    CHECK(status_of("\r\n" + one(disposition)) == 400);
    CHECK(status_of(one(std::string(disposition) + "--b: x\r\n")) == 400); // in a head
    CHECK(status_of(one("--bc: x\r\n" + std::string(disposition))) == 400);
    CHECK(status_of(one(std::string(disposition) + "-b: x\r\n")) == 200);
    CHECK(status_of(one(disposition) + "after") == 400);
    CHECK(status_of(one(disposition) + "\r\n") == 400);
    CHECK(status_of("--b\r\n" + std::string(disposition) + "\r\ndata\r\n--b") == 400);
    CHECK(status_of("--b\r\n" + std::string(disposition) + "\r\ndata\r\n--b-") == 400);
    CHECK(status_of("--b\r\n" + std::string(disposition) + "\r\ndata\n--b--\r\n") == 400);
    CHECK(status_of("--b\n" + std::string(disposition) + "\r\ndata\r\n--b--\r\n") == 400);
    CHECK(status_of("--bb\r\n" + std::string(disposition) + "\r\ndata\r\n--bb--\r\n") == 400);
    CHECK(status_of(one(disposition, "data\r\n--bad")) == 400);
    CHECK(status_of(one(disposition, "data\r\n--b x")) == 400);
    CHECK(status_of(one(disposition, "data\r\n--b--x")) == 400);
    CHECK(status_of("--B\r\n" + std::string(disposition) + "\r\ndata\r\n--B--\r\n") == 400);
    // Heads of parts.
    for (std::string const& lines : std::vector<std::string>{
             "", "Content-Type: image/png\r\n", "Content-Disposition: form-data\r\n",
             "Content-Disposition: attachment; name=a\r\n", "Content-Disposition: form-data; name\r\n",
             "Content-Disposition: form-data; name=\r\n", "Content-Disposition: form-data; name=\"a\r\n",
             "Content-Disposition: form-data; name=a; name=b\r\n", "Content-Disposition: form-data name=a\r\n",
             std::string(disposition) + disposition, " " + std::string(disposition),
             "Content-Disposition: form-data;\r\n name=a\r\n", "Content-Disposition : form-data; name=a\r\n",
             ": form-data; name=a\r\n", "Content-Disposition: form-data; name=a\nX: y\r\n",
             "Content-Disposition: form-data; name=a\rX: y\r\n",
             std::string(disposition) + "Content-Transfer-Encoding: base64\r\n",
             std::string(disposition) + std::string("X: a\0b\r\n", 8), std::string(disposition) + "X\r\n"}) {
        CAPTURE(lines);
        CHECK(status_of(one(lines)) == 400);
    }
    CHECK(status_of("--b\r\n" + std::string(disposition) + "data\r\n--b--\r\n") == 400);
}

TEST_CASE("read_multipart: limits", "[serve]") {
    std::string body = "--b";
    for (int i = 0; i < 3; ++i) body += "\r\n" + std::string(disposition) + "\r\n12345\r\n--b";
    body += "--";
    CHECK(status_of(body, {.parts = 3}) == 200);
    CHECK(status_of(body, {.parts = 2}) == 413);
    CHECK(status_of(body, {.part_bytes = 5}) == 200);
    CHECK(status_of(body, {.part_bytes = 4}) == 413);
    std::size_t const head = std::string(disposition).size();
    CHECK(status_of(body, {.head_bytes = head}) == 200);
    CHECK(status_of(body, {.head_bytes = head - 1}) == 413);
    std::vector<std::string_view> parts;
    CHECK(status_of(one(std::string(disposition) + "X: " + std::string(9000, 'x') + "\r\n")) == 413);
}
