// SPDX-License-Identifier: BSL-1.0
// The memory of a band image: addresses for all rows, and memory for those that are here.
#pragma once

#include <quoin/mpi/detail/process_group.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Addresses for all rows of an image, so that engines find row y where it is in a whole image. A rank has memory for
/// the rows of its band, and for rows of others between fetch() and forget(). Reading another row ends the process.
class band_memory {
public:
    band_memory(std::shared_ptr<process_group const> group, index_t row_bytes, index_t height)
        : group_(std::move(group)), row_bytes_(row_bytes), height_(height),
          page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
        if (row_bytes > std::numeric_limits<int>::max())
            raise("quoin::band_image: a row takes ", row_bytes, " bytes; MPI sends rows of at most 2^31 - 1");
        if (height > 0 && row_bytes > (std::numeric_limits<index_t>::max() >> 1) / height) throw std::bad_alloc();
        bytes_ = (static_cast<std::size_t>(row_bytes * height) + page_ - 1) / page_ * page_ + 2 * page_;
        void* const at = mmap(nullptr, bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at == MAP_FAILED) throw std::bad_alloc();
        memory_ = static_cast<std::byte*>(at);
        protect(rows(), true);
    }
    ~band_memory() { munmap(memory_, bytes_); }
    band_memory(band_memory const&) = delete;
    band_memory& operator=(band_memory const&) = delete;

    /// Row 0. A page before it is never touched.
    std::byte* data() const { return memory_ + page_; }
    interval rows() const { return group_->rows(height_); }
    process_group const& group() const { return *group_; }
    index_t sent_messages() const { return sent_messages_; }
    index_t sent_rows() const { return sent_rows_; }

    /// Collective. Brings the rows `need`, which differ from rank to rank, from the ranks that have them.
    void fetch(interval need) {
        std::vector<std::int64_t> needs(2 * static_cast<std::size_t>(group_->size()));
        std::int64_t const mine[2] = {need.begin, need.end};
        MPI_Allgather(mine, 2, MPI_INT64_T, needs.data(), 2, MPI_INT64_T, group_->comm());
        group_->agree([&] { protect(need, true); });
        if (need.begin < need.end) fetched_ = {min(fetched_.begin, need.begin), max(fetched_.end, need.end)};

        MPI_Datatype row;
        MPI_Type_contiguous(static_cast<int>(row_bytes_), MPI_BYTE, &row);
        MPI_Type_commit(&row);
        std::vector<MPI_Request> requests;
        auto const exchange = [&](interval part, int other, auto const& start) {
            if (part.begin >= part.end) return;
            start(data() + part.begin * row_bytes_, static_cast<int>(part.end - part.begin), row, other, 0,
                  group_->comm(), &requests.emplace_back());
        };
        for (int other = 0; other < group_->size(); ++other) {
            if (other == group_->rank()) continue;
            exchange(common(need, group_->rows_of(other, height_)), other, MPI_Irecv);
            auto const at = 2 * static_cast<std::size_t>(other);
            interval const theirs = common({needs[at], needs[at + 1]}, rows());
            exchange(theirs, other, MPI_Isend);
            if (theirs.begin < theirs.end) {
                ++sent_messages_;
                sent_rows_ += theirs.end - theirs.begin;
            }
        }
        MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
        MPI_Type_free(&row);
    }

    /// Collective. Rank 0 calls write(y, bytes of row y) for all rows, and each rank gets those of its band.
    template <class Write>
    void scatter(Write const& write) {
        index_t const at_once = rows_at_once(row_bytes_, 1 << 20);
        auto const for_each_part = [&](interval of, auto const& f) {
            for (index_t y = of.begin; y < of.end; y += at_once)
                f(interval{y, min(of.end, y + at_once)}, static_cast<int>(min(of.end - y, at_once) * row_bytes_));
        };
        if (group_->rank() != 0)
            return for_each_part(rows(), [&](interval part, int bytes) {
                MPI_Recv(data() + part.begin * row_bytes_, bytes, MPI_BYTE, 0, 0, group_->comm(), MPI_STATUS_IGNORE);
            });
        for (index_t y = rows().begin; y < rows().end; ++y) write(y, data() + y * row_bytes_);
        std::vector<std::byte> sent;
        for (int other = 1; other < group_->size(); ++other)
            for_each_part(group_->rows_of(other, height_), [&](interval part, int bytes) {
                sent.resize(static_cast<std::size_t>(bytes));
                for (index_t y = part.begin; y < part.end; ++y) write(y, sent.data() + (y - part.begin) * row_bytes_);
                MPI_Send(sent.data(), bytes, MPI_BYTE, other, 0, group_->comm());
            });
    }

    /// Gives the memory of rows of other ranks back.
    void forget() {
        interval const own = rows();
        protect({fetched_.begin, min(fetched_.end, own.begin)}, false);
        protect({max(fetched_.begin, own.end), fetched_.end}, false);
        protect(own, true); // a page may have had rows of both
        fetched_ = {height_, 0};
    }

    /// How many rows make a message of about so many bytes: at least 1.
    static index_t rows_at_once(index_t row_bytes, index_t bytes) {
        return max<index_t>(1, bytes / max<index_t>(1, row_bytes));
    }

private:
    static interval common(interval a, interval b) { return {max(a.begin, b.begin), min(a.end, b.end)}; }

    /// Lets the pages that have a byte of the rows be touched, or gives those back that have no byte of others.
    void protect(interval rows, bool here) {
        if (rows.begin >= rows.end || row_bytes_ == 0) return;
        std::size_t begin = page_ + static_cast<std::size_t>(rows.begin * row_bytes_);
        std::size_t end = page_ + static_cast<std::size_t>(rows.end * row_bytes_);
        if (here) {
            begin = begin / page_ * page_;
            end = (end + page_ - 1) / page_ * page_;
            if (mprotect(memory_ + begin, end - begin, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
        } else {
            begin = (begin + page_ - 1) / page_ * page_;
            end = end / page_ * page_;
            if (begin >= end) return;
            madvise(memory_ + begin, end - begin, MADV_DONTNEED);
            mprotect(memory_ + begin, end - begin, PROT_NONE);
        }
    }

    std::shared_ptr<process_group const> group_;
    index_t row_bytes_, height_;
    std::size_t page_, bytes_ = 0;
    std::byte* memory_ = nullptr;
    interval fetched_{height_, 0};
    index_t sent_messages_ = 0, sent_rows_ = 0;
};

/// Rows of other ranks, for as long as it lives. Collective.
class fetched_band {
public:
    fetched_band(band_memory& memory, interval rows) : memory_(memory) { memory.fetch(rows); }
    ~fetched_band() { memory_.forget(); }
    fetched_band(fetched_band const&) = delete;
    fetched_band& operator=(fetched_band const&) = delete;

private:
    band_memory& memory_;
};

} // namespace detail

QUOIN_NAMESPACE_END
