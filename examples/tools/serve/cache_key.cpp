// SPDX-License-Identifier: BSL-1.0
// The one place that includes xxHash and OpenSSL.
#include "cache_key.hpp"

#include <openssl/evp.h>
#include <xxhash.h>

#include <memory>
#include <new>
#include <stdexcept>

namespace examples {

namespace {

/// SHA-256 of parts that are one after the other.
std::array<unsigned char, 32> sha256(std::initializer_list<std::span<std::byte const>> parts) {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::array<unsigned char, 32> result;
    bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    for (auto const& part : parts) good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    if (!good || EVP_DigestFinal_ex(context.get(), result.data(), nullptr) != 1)
        throw std::runtime_error("OpenSSL computes no SHA-256 here; set cache.digest to \"xxh3\"");
    return result;
}

} // namespace

std::string cache_key::hex() const {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned char const byte : bytes) (text += digits[byte >> 4]) += digits[byte & 15];
    return text;
}

cache_key key_of(std::string_view what, std::span<std::byte const> body, body_digest digest) {
    // The length of the text comes first, so that no text and body are those of another pair, moved by some bytes.
    std::uint64_t const length = what.size();
    auto const head = std::as_bytes(std::span(&length, 1)), text = std::as_bytes(std::span(what));
    if (digest == body_digest::sha256) return {sha256({head, text, body})};
    XXH128_canonical_t short_body;
    XXH128_canonicalFromHash(&short_body, XXH3_128bits(body.data(), body.size()));
    return {sha256({head, text, std::as_bytes(std::span(short_body.digest))})};
}

checksum::checksum() : state_(XXH3_createState()) {
    if (!state_) throw std::bad_alloc();
    XXH3_128bits_reset(static_cast<XXH3_state_t*>(state_));
}
checksum::~checksum() {
    XXH3_freeState(static_cast<XXH3_state_t*>(state_));
}
checksum& checksum::add(void const* data, std::size_t bytes) {
    XXH3_128bits_update(static_cast<XXH3_state_t*>(state_), data, bytes);
    return *this;
}
std::array<std::uint64_t, 2> checksum::value() const {
    XXH128_hash_t const all = XXH3_128bits_digest(static_cast<XXH3_state_t const*>(state_));
    return {all.low64, all.high64};
}

} // namespace examples
