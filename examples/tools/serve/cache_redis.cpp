// SPDX-License-Identifier: BSL-1.0
// The one place that includes hiredis.
#include "cache_redis.hpp"

#include "cache_record.hpp"

#include <hiredis/hiredis.h>

namespace examples {

namespace {

timeval time_of(std::chrono::milliseconds time) {
    return {time.count() / 1000, time.count() % 1000 * 1000};
}

struct free_reply {
    void operator()(redisReply* r) const { freeReplyObject(r); }
};

/// Nothing where the connection failed.
std::unique_ptr<redisReply, free_reply> ask(redisContext* c, std::vector<std::string> const& words) {
    std::vector<char const*> texts;
    std::vector<std::size_t> sizes;
    for (std::string const& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    return std::unique_ptr<redisReply, free_reply>(
        static_cast<redisReply*>(redisCommandArgv(c, static_cast<int>(words.size()), texts.data(), sizes.data())));
}

std::string name_of(cache_key const& key) {
    return "quoin:" + key.hex();
}

} // namespace

void redis_cache::close::operator()(redisContext* c) const {
    redisFree(c);
}

redis_cache::connection redis_cache::take() {
    using clock = std::chrono::steady_clock;
    {
        std::lock_guard const lock(mutex_);
        if (clock::now() < rests_until_ || in_use_ == limits_.connections) return nullptr;
        // After a rest others wait for what becomes of this try.
        if (rests_until_ != clock::time_point()) rests_until_ = clock::now() + limits_.rest;
        ++in_use_;
        if (!free_.empty()) {
            connection c = std::move(free_.back());
            free_.pop_back();
            return c;
        }
    }
    connection c(redisConnectWithTimeout(limits_.host.c_str(), limits_.port, time_of(limits_.time)));
    if (c && !c->err && redisSetTimeout(c.get(), time_of(limits_.time)) == REDIS_OK) return c;
    give_back(std::move(c), false);
    return nullptr;
}

void redis_cache::give_back(connection c, bool good) {
    std::lock_guard const lock(mutex_);
    --in_use_;
    if (good) {
        rests_until_ = {};
        free_.push_back(std::move(c));
        return;
    }
    // A context is of no use after an error, and the others are as likely dead.
    ++counts_.failures;
    free_.clear();
    rests_until_ = std::chrono::steady_clock::now() + limits_.rest;
}

std::optional<cached_result> redis_cache::find(cache_key const& key, time_point now) {
    auto const miss = [&]() -> std::optional<cached_result> {
        ++counts_.misses;
        return {};
    };
    connection c = take();
    if (!c) return miss();
    // No more than a result may have is received, whoever wrote it. What is not there is empty.
    std::size_t const most = sizeof(record_head) + longest_type + limits_.most_bytes;
    auto const reply = ask(c.get(), {"GETRANGE", name_of(key), "0", std::to_string(most)});
    give_back(std::move(c), reply != nullptr);
    if (!reply || (reply->type == REDIS_REPLY_STRING && reply->len == 0)) return miss();
    byte_buffer record;
    bool const copied = reply->type == REDIS_REPLY_STRING && record.append(reply->str, reply->len);
    auto found = copied ? result_in(std::move(record), key, now) : std::nullopt;
    if (!found) ++counts_.failures;
    if (!found || (limits_.life.count() > 0 && found->age > limits_.life)) return miss();
    ++counts_.hits;
    return found;
}

void redis_cache::put(cache_key const& key, cached_result const& result, time_point now) {
    if (result.bytes.size() > limits_.most_bytes || result.type.size() > longest_type) return;
    connection c = take();
    if (!c) return;
    record_head const head = head_of(key, result, now);
    std::string value(reinterpret_cast<char const*>(&head), sizeof head);
    value += result.type;
    value.append(reinterpret_cast<char const*>(result.bytes.data()), result.bytes.size());
    std::vector<std::string> words{"SET", name_of(key), std::move(value)};
    if (limits_.life.count() > 0) {
        words.emplace_back("EX");
        words.push_back(std::to_string(limits_.life.count()));
    }
    auto const reply = ask(c.get(), words);
    give_back(std::move(c), reply != nullptr);
    if (reply && reply->type == REDIS_REPLY_ERROR) ++counts_.failures; // such as a full memory
}

} // namespace examples
