// SPDX-License-Identifier: BSL-1.0
// The one place that includes Boost.Asio and Boost.Beast.
#include "http_server.hpp"

#include "../common/json.hpp"

#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace examples {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using clock = std::chrono::steady_clock;

namespace {

/// An operation that returns its error.
auto with_error(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

/// As many bytes at a call of the system as there are. Asio's own condition stops at 64 KiB.
struct all_at_once {
    std::size_t operator()(error_code const& error, std::size_t) const { return error ? 0 : std::size_t{1} << 24; }
};

/// A body of chunks, which are appended to each other.
struct chunks_body {
    using value_type = byte_buffer;

    class reader {
    public:
        template <bool IsRequest, class Fields>
        reader(http::header<IsRequest, Fields>&, byte_buffer& to) : to_(to) {}
        void init(boost::optional<std::uint64_t> const&, error_code& error) { error = {}; }
        template <class Buffers>
        std::size_t put(Buffers const& parts, error_code& error) {
            std::size_t all = 0;
            error = {};
            for (asio::const_buffer part : boost::beast::buffers_range_ref(parts)) {
                if (!to_.append(part.data(), part.size())) error = asio::error::no_memory;
                all += part.size();
            }
            return all;
        }
        void finish(error_code& error) { error = {}; }

    private:
        byte_buffer& to_;
    };
};

std::string http_date() {
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

} // namespace

std::vector<std::byte> bytes_of(std::string_view text) {
    std::vector<std::byte> bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

http_response http_error(int status, std::string const& message) {
    std::ostringstream text;
    print_json({{"error", message}}, text);
    http_response answer{status, "application/json", bytes_of(text.str())};
    if (status == 429 || status == 503) answer.fields.emplace_back("Retry-After", "1");
    return answer;
}

class http_server::state {
public:
    state(http_handler& h, http_limits const& l, byte_budget& b) : handler(h), limits(l), budget(b) {}

    /// One connection, whose members are used by the thread of the server alone.
    struct connection : std::enable_shared_from_this<connection> {
        connection(state& s, tcp::socket socket_)
            : server(s), socket(std::move(socket_)), timer(s.context), done(s.context) {
            server.all.insert(this);
        }
        ~connection() {
            server.all.erase(this);
            server.count.store(server.all.size(), std::memory_order_relaxed);
            server.end_if_drained();
        }

        /// From here on operations end with an error after that time, and timed_out is set.
        void limit(std::chrono::milliseconds time) {
            timed_out = false;
            timer.expires_after(time);
            timer.async_wait([self = shared_from_this(), turn = ++turns](error_code error) {
                if (error || turn != self->turns) return;
                self->timed_out = true;
                self->socket.cancel(error);
            });
        }
        void unlimit() {
            ++turns;
            timer.cancel();
        }

        state& server;
        tcp::socket socket;
        asio::steady_timer timer, done;
        std::string input; ///< bytes that were received behind the last request
        std::uint64_t turns = 0;
        bool timed_out = false, idle = false;
    };

    /// What the reply and the connection share. The reply may be kept, and its end come on another thread, when the
    /// connection is gone.
    struct exchange {
        connection* on = nullptr; ///< while it waits for the answer
        std::stop_source stop;
        std::optional<http_response> answer;
        bool left = false; ///< the client is gone
    };

    asio::awaitable<void> accept() {
        while (!draining) {
            error_code error;
            tcp::socket socket = co_await acceptor.async_accept(with_error(error));
            if (error == asio::error::operation_aborted) co_return;
            if (error) { // such as too many open files
                asio::steady_timer pause(context, std::chrono::milliseconds(20));
                co_await pause.async_wait(with_error(error));
                continue;
            }
            socket.set_option(tcp::no_delay(true), error);
            auto c = std::make_shared<connection>(*this, std::move(socket));
            count.store(all.size(), std::memory_order_relaxed);
            asio::co_spawn(context, serve(c, all.size() > limits.connections), asio::detached);
        }
    }

    asio::awaitable<void> serve(std::shared_ptr<connection> c, bool too_many) {
        if (too_many) {
            http_head const none;
            co_await write(*c, none, http_error(503, "all connections are taken; come back in a moment"), true);
            co_await linger(*c);
        } else {
            while (co_await serve_one(c)) {
            }
        }
        error_code ignored;
        c->unlimit();
        c->socket.close(ignored);
    }

    /// Whether there may be another request.
    asio::awaitable<bool> serve_one(std::shared_ptr<connection> const& c) {
        error_code error;
        if (c->input.empty()) {
            c->idle = true;
            c->limit(limits.idle);
            if (draining) co_return false;
            co_await c->socket.async_wait(tcp::socket::wait_read, with_error(error));
            c->idle = false;
            if (error) co_return false;
        }
        auto const start = clock::now();
        c->limit(limits.head);
        std::size_t const size = co_await asio::async_read_until(
            c->socket, asio::dynamic_buffer(c->input, limits.head_bytes), "\r\n\r\n", with_error(error));
        http_head head;
        if (error) {
            if (error == asio::error::not_found)
                co_return co_await refuse(*c, head, start,
                                          http_error(431, "the head of the request has more than " +
                                                              std::to_string(limits.head_bytes) + " bytes"));
            if (c->timed_out && !c->input.empty())
                co_return co_await refuse(*c, head, start,
                                          http_error(408, "the head of the request did not end within " +
                                                              std::to_string(limits.head.count()) +
                                                              " ms, by an empty line in CR LF"));
            co_return false;
        }
        if (auto const fault = read_http_head(std::string_view(c->input).substr(0, size), head))
            co_return co_await refuse(*c, head, start, http_error(fault->status, fault->message));
        if (draining) co_return co_await refuse(*c, head, start, http_error(503, "the service is about to end"));
        if (auto refused = handler.refuse(head))
            co_return co_await refuse(*c, head, start, std::move(*refused), head.has_body());
        http_request request;
        request.charge = byte_charge(budget);
        if (head.has_body()) {
            auto fault = co_await read_body(*c, head, size, request);
            if (fault && fault->status == 0) {
                handler.answered(head, nullptr, clock::now() - start);
                co_return false;
            }
            if (fault) co_return co_await refuse(*c, head, start, http_error(fault->status, fault->message));
        } else {
            c->input.erase(0, size);
        }
        request.deadline = clock::now() + limits.request;
        request.head = head;
        co_return co_await answer(c, head, start, std::move(request));
    }

    /// Nothing where the body is read, a fault with status 0 where the client is gone.
    asio::awaitable<std::optional<http_fault>> read_body(connection& c, http_head const& head, std::size_t head_size,
                                                         http_request& request) {
        auto const too_large = [&] {
            return http_fault{413, "the body has more than " + std::to_string(limits.body_bytes) + " bytes"};
        };
        auto const more_than_all = [&] {
            return http_fault{413, "the body has more bytes than all requests together may hold, " +
                                       std::to_string(budget.all() >> 20) + " MiB"};
        };
        auto const no_memory = [] { return http_fault{429, "other requests hold the memory; come back in a moment"}; };
        if (head.content_length.value_or(0) > limits.body_bytes) co_return too_large();
        if (head.content_length.value_or(0) > budget.all()) co_return more_than_all();
        if (!request.charge.grow_to(static_cast<std::size_t>(head.content_length.value_or(0)))) co_return no_memory();
        error_code error;
        c.limit(limits.body);
        if (head.expects_continue && c.input.size() == head_size) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(c.socket, asio::buffer(go_on), with_error(error));
        }
        if (!error && head.chunked) error = co_await read_chunks(c, head_size, request);
        else if (!error) error = co_await read_length(c, head, head_size, request);
        if (error == asio::error::no_memory) co_return no_memory();
        if (error == http::error::body_limit) co_return too_large();
        if (error && c.timed_out)
            co_return http_fault{408, "the body did not end within " + std::to_string(limits.body.count()) + " ms"};
        if (error && error.category() == http::make_error_code(http::error::bad_chunk).category() &&
            error != http::error::partial_message && error != http::error::end_of_stream)
            co_return http_fault{400, "the body is not in chunks as Transfer-Encoding says"};
        if (error) co_return http_fault{0, {}};
        co_return std::nullopt;
    }

    /// A body of a known length is received where it stays.
    asio::awaitable<error_code> read_length(connection& c, http_head const& head, std::size_t head_size,
                                            http_request& request) {
        auto const length = static_cast<std::size_t>(*head.content_length);
        std::size_t const here = std::min(c.input.size() - head_size, length);
        error_code error;
        if (!request.body.reserve(length)) co_return asio::error::no_memory;
        std::memcpy(request.body.data(), c.input.data() + head_size, here);
        c.input.erase(0, head_size + here);
        request.body.resize(length);
        if (here < length)
            co_await asio::async_read(c.socket, asio::buffer(request.body.data() + here, length - here), all_at_once(),
                                      with_error(error));
        co_return error;
    }

    asio::awaitable<error_code> read_chunks(connection& c, std::size_t head_size, http_request& request) {
        error_code error;
        http::request_parser<chunks_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
        parser.body_limit(limits.body_bytes);
        parser.eager(true);
        parser.put(asio::buffer(c.input.data(), head_size), error);
        if (error == http::error::need_more) error = {};
        boost::beast::flat_buffer buffer(std::size_t{1} << 16); // bounds what one chunk says of itself
        std::size_t const behind = c.input.size() - head_size;
        buffer.reserve(buffer.max_size()); // or else bytes are read in steps of 512
        std::memcpy(buffer.prepare(behind).data(), c.input.data() + head_size, behind);
        buffer.commit(behind);
        c.input.clear();
        while (!error && !parser.is_done()) {
            co_await http::async_read_some(c.socket, buffer, parser, with_error(error));
            if (!request.charge.grow_to(parser.get().body().capacity())) co_return asio::error::no_memory;
        }
        request.body = std::move(parser.get().body());
        c.input.assign(static_cast<char const*>(buffer.data().data()), buffer.size());
        co_return error;
    }

    /// Gives the request to the handler, waits for the answer, the deadline or the end of the client, and writes.
    asio::awaitable<bool> answer(std::shared_ptr<connection> const& c, http_head const& head, clock::time_point start,
                                 http_request&& request) {
        auto const x = std::make_shared<exchange>();
        request.stop = x->stop.get_token();
        auto const deadline = request.deadline;
        c->unlimit();
        handler.handle(std::move(request), [this, x, here = std::this_thread::get_id()](http_response&& r) {
            auto const take = [x](http_response&& given) {
                if (x->answer) return;
                x->answer = std::move(given);
                if (x->on) x->on->done.cancel();
            };
            if (std::this_thread::get_id() == here) return take(std::move(r));
            asio::post(context,
                       [take, given = std::make_shared<http_response>(std::move(r))] { take(std::move(*given)); });
        });
        if (!x->answer) {
            x->on = c.get();
            c->socket.async_wait(tcp::socket::wait_read, [x](error_code error) {
                if (error || !x->on) return;
                char byte;
                ssize_t const n = ::recv(x->on->socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
                if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR))) return; // the next request, early
                x->left = true;
                x->on->done.cancel();
            });
            error_code error;
            c->done.expires_at(deadline);
            co_await c->done.async_wait(with_error(error));
            x->on = nullptr;
            c->socket.cancel(error); // the wait for the client's end
        }
        if (!x->answer) x->stop.request_stop();
        if (x->left && !x->answer) {
            handler.answered(head, nullptr, clock::now() - start);
            x->answer.emplace(); // what comes later is too late
            co_return false;
        }
        http_response const r =
            x->answer
                ? std::move(*x->answer)
                : http_error(504, "the request took longer than " + std::to_string(limits.request.count()) + " ms");
        x->answer.emplace(); // what comes later is too late, and what was moved from holds no memory
        co_return co_await send(*c, head, start, r, draining || !head.keeps_alive);
    }

    /// Answers without reading on, and so ends the connection where bytes of this request may follow.
    asio::awaitable<bool> refuse(connection& c, http_head const& head, clock::time_point start, http_response r,
                                 bool close = true) {
        close = close || draining || !head.keeps_alive;
        if (!close) c.input.erase(0, c.input.find("\r\n\r\n") + 4);
        co_return co_await send(c, head, start, r, close);
    }

    /// The one answer of a request. Whether there may be another one.
    asio::awaitable<bool> send(connection& c, http_head const& head, clock::time_point start, http_response const& r,
                               bool close) {
        handler.answered(head, &r, clock::now() - start);
        bool const sent = co_await write(c, head, r, close);
        if (sent && close) co_await linger(c);
        co_return sent && !close;
    }

    asio::awaitable<bool> write(connection& c, http_head const& head, http_response const& r, bool close) {
        if (auto const second = std::chrono::time_point_cast<std::chrono::seconds>(clock::now()); second != dated) {
            dated = second;
            date = http_date();
        }
        std::string text = "HTTP/1.1 " + std::to_string(r.status) + ' ' + http_reason(r.status) + "\r\nDate: " + date +
                           "\r\nContent-Type: " + r.type + "\r\nContent-Length: " + std::to_string(r.body.size()) +
                           "\r\n";
        for (auto const& [name, value] : r.fields) text += name + ": " + value + "\r\n";
        if (close) text += "Connection: close\r\n";
        else if (head.minor == 0) text += "Connection: keep-alive\r\n";
        text += "\r\n";
        std::array<asio::const_buffer, 2> const parts{
            asio::buffer(text),
            head.method == "HEAD" ? asio::const_buffer() : asio::buffer(r.body.data(), r.body.size())};
        error_code error;
        c.limit(limits.answer);
        co_await asio::async_write(c.socket, parts, all_at_once(), with_error(error));
        co_return !error;
    }

    /// Lets the client send the rest and read the answer: closed at once with bytes unread, the connection would be
    /// reset, and the answer lost.
    asio::awaitable<void> linger(connection& c) {
        error_code error;
        c.socket.shutdown(tcp::socket::shutdown_send, error);
        std::array<char, 16384> unread;
        for (auto const end = clock::now() + limits.body; !error && clock::now() < end;) {
            c.limit(std::chrono::milliseconds(2000));
            co_await c.socket.async_read_some(asio::buffer(unread), with_error(error));
        }
    }

    void begin_drain() {
        draining = true;
        error_code ignored;
        acceptor.close(ignored);
        for (connection* c : all)
            if (c->idle) c->socket.cancel(ignored);
        end_if_drained();
    }
    void end_if_drained() {
        if (draining && all.empty()) context.stop();
    }

    void tick(std::chrono::milliseconds period, std::function<void()> f) {
        auto timer = std::make_shared<asio::steady_timer>(context, period);
        timer->async_wait([this, timer, period, f = std::move(f)](error_code error) {
            if (error) return;
            f();
            tick(period, f);
        });
    }

    http_handler& handler;
    http_limits const limits;
    byte_budget& budget;
    std::set<connection*> all;
    std::atomic<std::size_t> count = 0;
    bool draining = false;
    asio::io_context context{1}; // behind what connections use at their end, which may be its own
    tcp::acceptor acceptor{context};
    std::chrono::time_point<clock, std::chrono::seconds> dated{};
    std::string date;
};

http_server::http_server(http_handler& handler, http_limits const& limits, byte_budget& budget)
    : state_(std::make_unique<state>(handler, limits, budget)) {}
http_server::~http_server() {
    state_->draining = false; // the connections that end with it stop nothing
}

int http_server::listen(std::string const& host, int port) {
    try {
        tcp::endpoint const where(asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host),
                                  static_cast<unsigned short>(port));
        state_->acceptor.open(where.protocol());
        state_->acceptor.set_option(tcp::acceptor::reuse_address(true));
        if (int const bytes = state_->limits.socket_bytes; bytes > 0) { // connections have those of their listener
            state_->acceptor.set_option(asio::socket_base::receive_buffer_size(bytes));
            state_->acceptor.set_option(asio::socket_base::send_buffer_size(bytes));
        }
        state_->acceptor.bind(where);
        state_->acceptor.listen(1024);
    } catch (boost::system::system_error const& e) {
        throw std::runtime_error("cannot listen on " + host + ", port " + std::to_string(port) + ": " +
                                 e.code().message() + "; give another --host or --port");
    }
    asio::co_spawn(state_->context, state_->accept(), asio::detached);
    return state_->acceptor.local_endpoint().port();
}

void http_server::run() {
    state_->context.run();
}
void http_server::drain() {
    asio::post(state_->context, [this] { state_->begin_drain(); });
}
void http_server::abort() {
    state_->context.stop();
}
void http_server::post(std::function<void()> f) {
    asio::post(state_->context, std::move(f));
}
void http_server::every(std::chrono::milliseconds period, std::function<void()> f) {
    state_->tick(period, std::move(f));
}
std::size_t http_server::connections() const {
    return state_->count.load(std::memory_order_relaxed);
}

} // namespace examples
