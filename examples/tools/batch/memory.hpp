// SPDX-License-Identifier: BSL-1.0
// How much memory a file takes, and who may take it.
#pragma once

#include "../common/command_line.hpp"
#include "../common/images.hpp"

#include <oneapi/tbb/task.h>

#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <utility>

namespace examples {

inline constexpr quoin::index_t mebibyte = quoin::index_t{1} << 20;

/// Of a pixel as a file is read.
inline quoin::index_t pixel_bytes(quoin::image_info const& info) {
    return (info.channels >= 3 ? 3 : 1) * (reads_floats(info) ? 4 : info.bits / 8);
}

/// Of an image in memory: rows are aligned.
inline quoin::index_t image_bytes(quoin::image_info const& info, quoin::index_t pixel) {
    return (info.width * pixel + 63) / 64 * 64 * info.height;
}

/// At most so many bytes are in use while a file becomes a picture. The decoders are held to it by read_limits.
inline quoin::index_t decoding_bytes(quoin::image_info const& info, quoin::image_info const& picture,
                                     quoin::index_t file_bytes) {
    // A channel is taken from all four; what is turned is there twice.
    quoin::index_t const bytes = picture.channels < info.channels ? 5 * (info.bits / 8) : pixel_bytes(info);
    quoin::index_t const image =
        image_bytes(info, bytes) * (picture.orientation != info.orientation ? 2 : 1) + mebibyte;
    quoin::index_t const decoded = info.size().area() * info.channels * (info.bits / 8);
    switch (info.format) {
    case quoin::image_format::pnm:
        return image;
    case quoin::image_format::png: // compressed, growing by doubling; scan lines, the same; two sets of samples
        return image + 4 * file_bytes + 3 * decoded + decoded / 8 + 16 * info.height;
    case quoin::image_format::jpeg: // coefficients of 16 bits, planes, samples; all in whole blocks
        return image + 3 * file_bytes + 6 * (info.width + 32) * (info.height + 32) * info.channels;
    case quoin::image_format::tiff: // compressed data, a tile or a strip, and the rows of a band, at most all of them
        return image + 2 * file_bytes + 2 * decoded;
    default: // rows
        return image + 16 * info.width;
    }
}

/// At most so many bytes are in use while an image of `bytes` is written, without the image: its samples in order,
/// filtered, and compressed in a buffer that grows by doubling.
inline quoin::index_t encoding_bytes(quoin::index_t bytes) {
    return 5 * bytes + mebibyte;
}

/// "2G", "512M", "1.5G", "65536". @throws usage_error
inline quoin::index_t parse_bytes(std::string const& text) {
    std::size_t end = 0;
    double value = -1;
    try {
        value = std::stod(text, &end);
    } catch (std::exception const&) {
        end = 0;
    }
    std::string unit = text.substr(end);
    if (!unit.empty() && unit.back() == 'B' && unit.size() > 1) unit.pop_back();
    if (unit.size() > 1 && unit.back() == 'i') unit.pop_back();
    constexpr std::string_view units = "KMGT";
    std::size_t const power = unit.empty() ? 0 : units.find(static_cast<char>(unit[0] & ~32)) + 1;
    for (std::size_t i = 0; i < power; ++i) value *= 1024;
    if (end == 0 || unit.size() > 1 || (!unit.empty() && power == 0) || !(value >= 1) || value > 1e18)
        throw usage_error("--memory: '" + text + "' is no number of bytes such as 512M or 2G");
    return static_cast<quoin::index_t>(value);
}

/// Memory that was freed goes back to the system at once, so that what is resident is what is in use.
inline void give_back_freed_memory() {
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

inline quoin::index_t resident_bytes() {
    quoin::index_t all = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * sysconf(_SC_PAGE_SIZE);
}

/// Of this program alone: getrusage would tell what its parent had when it was started, too.
inline quoin::index_t peak_resident_bytes() {
    std::ifstream file("/proc/self/status");
    for (std::string key; file >> key; file.ignore(256, '\n')) {
        quoin::index_t kilobytes = 0;
        if (key == "VmHWM:" && file >> kilobytes) return kilobytes * 1024;
    }
    return 0;
}

/// Thrown where a file turns out to take more than what it was begun with.
struct needs_memory {
    quoin::index_t bytes;
};

/// The bytes that files may take together.
class ledger {
public:
    explicit ledger(quoin::index_t bytes) : total_(bytes), free_(bytes) {}

    quoin::index_t total() const { return total_; }

    bool take(quoin::index_t bytes) {
        std::lock_guard const lock(mutex_);
        if (bytes > free_) return false;
        free_ -= bytes;
        return true;
    }
    void give(quoin::index_t bytes) {
        std::unique_lock lock(mutex_);
        free_ += bytes;
        wake(lock);
    }
    void wake() {
        std::unique_lock lock(mutex_);
        wake(lock);
    }

    std::uint64_t changes() const {
        std::lock_guard const lock(mutex_);
        return changes_;
    }
    /// Returns when there were more changes than `seen`. For one task at a time; its thread does other work meanwhile.
    void wait(std::uint64_t seen) {
        tbb::task::suspend([this, seen](tbb::task::suspend_point point) {
            std::unique_lock lock(mutex_);
            if (changes_ == seen) {
                waiting_ = point;
                return;
            }
            lock.unlock();
            tbb::task::resume(point);
        });
    }

private:
    void wake(std::unique_lock<std::mutex>& lock) {
        ++changes_;
        tbb::task::suspend_point const point = std::exchange(waiting_, nullptr);
        lock.unlock();
        if (point) tbb::task::resume(point);
    }

    quoin::index_t total_;
    quoin::index_t free_;
    std::uint64_t changes_ = 0;
    tbb::task::suspend_point waiting_ = nullptr;
    mutable std::mutex mutex_;
};

} // namespace examples
