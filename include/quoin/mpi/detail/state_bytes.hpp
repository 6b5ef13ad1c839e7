// SPDX-License-Identifier: BSL-1.0
// The states of statistics as bytes, in which they go from one process to the next.
#pragma once

#include <quoin/measure/detail/reading.hpp>
#include <quoin/mpi/detail/process_group.hpp>

#include <cstring>
#include <tuple>
#include <type_traits>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

/// Writes fields behind each other, or reads them in the same order.
class state_bytes {
public:
    state_bytes() = default;
    explicit state_bytes(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), reads_(true) {}
    std::vector<std::byte> const& bytes() const { return bytes_; }

    template <class T>
    void field(T& value) {
        if constexpr (std::is_trivially_copyable_v<T>) copy(&value, sizeof value);
        else if constexpr (requires { value.for_each_field(*this); })
            value.for_each_field([this](auto& each) { field(each); });
        else {
            std::size_t count = value.size();
            field(count);
            value.resize(count);
            copy(value.data(), count * sizeof value[0]);
        }
    }
    template <bool Ordered, class P, class... S>
    void field(states_of<Ordered, P, S...>& states) {
        std::apply([this](auto&... one) { (field(one), ...); }, states.each);
    }
    template <class States>
    void field(counted_states<States>& counted) {
        field(counted.pixels);
        field(counted.states);
    }

private:
    void copy(void* value, std::size_t count) {
        if (count == 0) return;
        if (!reads_) bytes_.resize(at_ + count);
        if (reads_) std::memcpy(value, bytes_.data() + at_, count);
        else std::memcpy(bytes_.data() + at_, value, count);
        at_ += count;
    }

    std::vector<std::byte> bytes_;
    std::size_t at_ = 0;
    bool reads_ = false;
};

template <class T>
std::vector<std::byte> bytes_of(T value) {
    state_bytes written;
    written.field(value);
    return written.bytes();
}
template <class T>
T value_of(std::vector<std::byte> bytes) {
    T value{};
    state_bytes(std::move(bytes)).field(value);
    return value;
}

/// Calls f(at, count) for pieces of so many bytes as MPI can count.
template <class F>
void for_each_piece(std::int64_t size, F const& f) {
    for (std::int64_t at = 0; at < size; at += 1 << 30) f(at, static_cast<int>(min<std::int64_t>(size - at, 1 << 30)));
}
inline void send_bytes(process_group const& group, std::vector<std::byte> const& bytes, int to) {
    std::int64_t const size = static_cast<std::int64_t>(bytes.size());
    MPI_Send(&size, 1, MPI_INT64_T, to, 0, group.comm());
    for_each_piece(
        size, [&](std::int64_t at, int count) { MPI_Send(bytes.data() + at, count, MPI_BYTE, to, 0, group.comm()); });
}
inline std::vector<std::byte> receive_bytes(process_group const& group, int from) {
    std::int64_t size = 0;
    MPI_Recv(&size, 1, MPI_INT64_T, from, 0, group.comm(), MPI_STATUS_IGNORE);
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    for_each_piece(size, [&](std::int64_t at, int count) {
        MPI_Recv(bytes.data() + at, count, MPI_BYTE, from, 0, group.comm(), MPI_STATUS_IGNORE);
    });
    return bytes;
}
/// Sends values[i] to the rank to[i], and returns what the ranks `from` send to this one. None waits for another's
/// turn.
template <class T>
std::vector<T> exchange(process_group const& group, std::vector<int> const& to, std::vector<T> const& values,
                        std::vector<int> const& from) noexcept {
    std::vector<std::vector<std::byte>> sent(to.size());
    std::vector<std::int64_t> size(to.size());
    std::vector<MPI_Request> requests;
    for (std::size_t i = 0; i < to.size(); ++i) {
        sent[i] = bytes_of(values[i]);
        size[i] = static_cast<std::int64_t>(sent[i].size());
        MPI_Isend(&size[i], 1, MPI_INT64_T, to[i], 0, group.comm(), &requests.emplace_back());
        for_each_piece(size[i], [&](std::int64_t at, int count) {
            MPI_Isend(sent[i].data() + at, count, MPI_BYTE, to[i], 0, group.comm(), &requests.emplace_back());
        });
    }
    std::vector<T> received;
    for (int const other : from) received.push_back(value_of<T>(receive_bytes(group, other)));
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    return received;
}
/// Also of text, as one byte a character.
template <class Bytes>
void broadcast_bytes(process_group const& group, Bytes& bytes, int from) {
    static_assert(sizeof bytes[0] == 1);
    std::int64_t size = static_cast<std::int64_t>(bytes.size());
    MPI_Bcast(&size, 1, MPI_INT64_T, from, group.comm());
    bytes.resize(static_cast<std::size_t>(size));
    for_each_piece(
        size, [&](std::int64_t at, int count) { MPI_Bcast(bytes.data() + at, count, MPI_BYTE, from, group.comm()); });
}

/// Joins what the ranks have read, from the first to the last, which is the order of one process; all ranks get the
/// result. The strips of a rank are below those of the ranks before it. A failure ends the process, and so the program:
/// the other ranks would wait.
template <class Read>
void join_ranks(process_group const& group, Read& read, bool has_rows) noexcept {
    int const last = group.size() - 1;
    if (group.rank() == 0) read.joined_own();
    else {
        state_bytes before(receive_bytes(group, group.rank() - 1));
        auto strips = std::move(read.owned);
        read.owned = {strips[0]};
        Read upper = read; // of the same extent
        before.field(upper.joined);
        before.field(upper.owned[0]);
        if (has_rows) {
            join(upper.joined, read.joined);
            for (auto& strip : strips) join(upper.owned[0], strip); // one by one, since sums of sums round otherwise
        }
        read = std::move(upper);
    }
    state_bytes here;
    here.field(read.joined);
    here.field(read.owned[0]);
    if (group.rank() < last) send_bytes(group, here.bytes(), group.rank() + 1);
    std::vector<std::byte> all = here.bytes();
    broadcast_bytes(group, all, last);
    state_bytes result(std::move(all));
    result.field(read.joined);
    result.field(read.owned[0]);
}

} // namespace detail

QUOIN_NAMESPACE_END
