// SPDX-License-Identifier: BSL-1.0
// The processes of a communicator, and how they agree on an error.
#pragma once

#include <quoin/core/error.hpp>
#include <quoin/core/geometry.hpp>
#include <quoin/lanes/arithmetic.hpp>

#include <mpi.h>

#include <new>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// What left a function: nothing, or the kind and the text of an exception.
struct failure {
    enum kinds : int { none, argument, io, stopped, other_of_quoin, memory, other };
    int kind = none;
    std::string text;

    template <class F>
    static failure of(F const& f) noexcept {
        try {
            f();
            return {};
        } catch (invalid_argument const& e) {
            return {argument, e.what()};
        } catch (io_error const& e) {
            return {io, e.what()};
        } catch (canceled const& e) {
            return {stopped, e.what()};
        } catch (error const& e) {
            return {other_of_quoin, e.what()};
        } catch (std::bad_alloc const& e) {
            return {memory, e.what()};
        } catch (std::exception const& e) {
            return {other, e.what()};
        } catch (...) {
            return {other, "an exception that is no std::exception"};
        }
    }
    [[noreturn]] void rethrow() const {
        switch (kind) {
        case argument:
            throw invalid_argument(text);
        case io:
            throw io_error(text);
        case stopped:
            throw canceled(text);
        case memory:
            throw std::bad_alloc();
        default:
            throw error(text);
        }
    }
};

/// The processes of a communicator, in one of their own, so that messages of the program and of quoin do not meet.
class process_group {
public:
    /// Collective.
    explicit process_group(MPI_Comm of) {
        int initialized = 0, finalized = 0;
        MPI_Initialized(&initialized);
        MPI_Finalized(&finalized);
        if (!initialized || finalized)
            raise("quoin::mpi: MPI is not initialized", finalized ? " any more" : "",
                  "; call MPI_Init_thread before, and destroy policies and band images before MPI_Finalize");
        if (of == MPI_COMM_NULL) raise("quoin::mpi: the communicator is MPI_COMM_NULL; this process is in no group");
        MPI_Comm_dup(of, &comm_);
        MPI_Comm_rank(comm_, &rank_);
        MPI_Comm_size(comm_, &size_);
    }
    ~process_group() {
        int finalized = 0;
        MPI_Finalized(&finalized);
        if (!finalized) MPI_Comm_free(&comm_);
    }
    process_group(process_group const&) = delete;
    process_group& operator=(process_group const&) = delete;

    MPI_Comm comm() const { return comm_; }
    int rank() const { return rank_; }
    int size() const { return size_; }

    /// The rows of `rank` in an image of `height` rows: as many as others have, or one more or less.
    interval rows_of(int rank, index_t height) const {
        auto const first = [&](int r) { return height / size_ * r + min<index_t>(r, height % size_); };
        return {first(rank), first(rank + 1)};
    }
    interval rows(index_t height) const { return rows_of(rank_, height); }
    /// The rank that has row y.
    int rank_of(index_t y, index_t height) const {
        index_t const each = height / size_, longer = height % size_ * (each + 1);
        return static_cast<int>(y < longer ? y / (each + 1) : height % size_ + (y - longer) / each);
    }

    /// Collective. Calls f() on each rank, where it must not call MPI. If it throws anywhere, all ranks throw what the
    /// first of those ranks threw.
    template <class F>
    void agree(F const& f) const {
        failure what = failure::of(f);
        int first = what.kind == failure::none ? size_ : rank_;
        MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, comm_);
        if (first == size_) return;
        int head[2] = {what.kind, static_cast<int>(what.text.size())};
        MPI_Bcast(head, 2, MPI_INT, first, comm_);
        what.kind = head[0];
        what.text.resize(static_cast<std::size_t>(head[1]));
        MPI_Bcast(what.text.data(), head[1], MPI_CHAR, first, comm_);
        what.rethrow();
    }

private:
    MPI_Comm comm_ = MPI_COMM_NULL;
    int rank_ = 0, size_ = 1;
};

} // namespace detail

QUOIN_NAMESPACE_END
