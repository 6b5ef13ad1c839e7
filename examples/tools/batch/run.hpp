// SPDX-License-Identifier: BSL-1.0
// The files of a folder through decode -> compute -> encode on oneTBB's pipeline, within a bound of memory.
#pragma once

#include "../common/fastest_policy.hpp"
#include "../common/workers.hpp"
#include "finished_log.hpp"
#include "job.hpp"
#include "memory.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <deque>
#include <shared_mutex>

namespace examples {

/// Runs on the threads of the whole run, so that those that have no file help with the rows of a large one. A thread
/// that waits here begins no other file.
template <class Lanes>
class pool_policy {
public:
    using lanes = Lanes;

    explicit pool_policy(int threads) : threads_(threads) {}
    int concurrency() const { return threads_; }
    std::string name() const { return "pool"; }

    template <class F>
    void bulk(quoin::index_t n, F const& f) const {
        if (threads_ > 1 && n > 1) {
            tbb::this_task_arena::isolate(
                [&] { tbb::parallel_for(quoin::index_t{0}, n, [&](quoin::index_t i) { f(i); }); });
            return;
        }
        for (quoin::index_t i = 0; i < n; ++i) f(i);
    }

private:
    int threads_;
};

/// A file for which all of the memory would not be enough.
class too_large : public std::runtime_error {
public:
    too_large(quoin::index_t bytes, quoin::index_t all)
        : std::runtime_error("takes up to " + std::to_string(bytes / mebibyte + 1) + " MiB, but all files may take " +
                             std::to_string(all / mebibyte) + " MiB; give more --memory") {}
};

/// Files wait in line, the largest first, so that none of these is begun when all others are done. One that does not
/// fit into what is free of the memory waits for it; meanwhile the smallest ones are let past, into the memory that the
/// waiting one leaves over. An image of `large` pixels or more is computed by all threads that have no file; smaller
/// ones by one thread each.
class batch_run {
public:
    using clock = std::chrono::steady_clock;
    static constexpr quoin::index_t large = quoin::index_t{4} << 20;

    /// `finished` is called with every record that has found its end, by one thread at a time.
    batch_run(job const& j, observation const& seen, std::filesystem::path inputs, std::filesystem::path outputs,
              quoin::index_t memory, std::function<void(file_record const&)> finished)
        : job_(j), seen_(seen), inputs_(std::move(inputs)), outputs_(std::move(outputs)), memory_(memory),
          finished_(std::move(finished)) {}

    /// Every record that is pending. With `log` the outputs take their places and are written down, without they are
    /// thrown away. @returns the milliseconds it took. Where a stop is requested, files that are not done stay pending.
    double operator()(std::vector<file_record*> records, int workers, std::filesystem::path const& staging,
                      finished_log* log) {
        auto const start = start_ = clock::now();
        workers_ = workers;
        staging_ = staging;
        log_ = log;
        tbb::global_control const threads(
            tbb::global_control::max_allowed_parallelism,
            static_cast<std::size_t>(std::max(workers, tbb::this_task_arena::max_concurrency())));
        tbb::task_arena arena(workers);
        std::stop_callback const stopped(seen_.token(), [this] { memory_.wake(); });
        while (!records.empty() && !seen_.token().stop_requested()) {
            std::stable_sort(records.begin(), records.end(), [](file_record const* a, file_record const* b) {
                return a->version.bytes > b->version.bytes;
            });
            line_.assign(records.begin(), records.end());
            again_.clear();
            arena.execute([&] { run_pipeline(); });
            records = again_;
        }
        return std::chrono::duration<double, std::milli>(clock::now() - start).count();
    }

    /// From here on no file finds its end and no output takes its place, as far as that can be had within a moment. For
    /// a program that is about to end while threads still work.
    void freeze() {
        (void)placing_.try_lock_for(std::chrono::milliseconds(100));
        (void)mutex_.try_lock_for(std::chrono::milliseconds(100));
    }

private:
    struct item {
        file_record* record;
        quoin::index_t number;
        quoin::index_t past;  ///< bytes with which it was let past a file that waits
        quoin::index_t taken; ///< bytes of memory
        std::unique_ptr<file_work> work;
    };

    double now() const { return std::chrono::duration<double, std::milli>(clock::now() - start_).count(); }

    void run_pipeline() {
        auto const step = [this](auto const& f) {
            return tbb::make_filter<item*, item*>(tbb::filter_mode::parallel, [this, f](item* i) {
                attempt(*i, f);
                return i;
            });
        };
        tbb::parallel_pipeline(
            static_cast<std::size_t>(workers_),
            tbb::make_filter<void, item*>(tbb::filter_mode::serial_in_order,
                                          [this](tbb::flow_control& flow) -> item* {
                                              item* const next = admit();
                                              if (!next) flow.stop();
                                              return next;
                                          }) &
                step([this](item& i) { decode(i); }) & step([this](item& i) { compute(i); }) &
                step([this](item& i) { encode(i); }) &
                tbb::make_filter<item*, void>(tbb::filter_mode::parallel, [this](item* i) { leave(i); }));
    }

    /// f(i) unless the file has failed before; no failure leaves it.
    template <class F>
    void attempt(item& i, F const& f) {
        if (!i.work) return;
        try {
            seen_.check();
            f(i);
            return;
        } catch (quoin::canceled const&) {
        } catch (needs_memory const& more) {
            i.record->needs = more.bytes;
            std::lock_guard const lock(mutex_);
            again_.push_back(i.record);
        } catch (too_large const& e) {
            i.record->elsewhere = true;
            finish(*i.record, file_status::oversized, e.what());
        } catch (std::bad_alloc const&) {
            i.record->elsewhere = true;
            finish(*i.record, file_status::failed, "the system has no memory left for this image");
        } catch (std::exception const& e) {
            finish(*i.record, file_status::failed, e.what());
        }
        i.work.reset();
    }

    void decode(item& i) {
        double const begin = now();
        auto const path = inputs_ / i.record->name;
        quoin::read_limits limits;
        limits.max_pixels = std::numeric_limits<quoin::index_t>::max();
        limits.max_bytes = i.taken;
        i.work->decode(path, limits);
        if (version_of(path) != i.record->version)
            throw std::runtime_error(path.string() + " was changed while it was read; run again with --resume");
        i.record->times.decode = now() - begin;
    }

    void compute(item& i) {
        double const begin = now();
        bool const all = i.record->info->size().area() >= large;
        workers const pool(pool_policy<fastest_lanes>(all ? workers_ : 1), seen_);
        i.work->compute({pool, [&](quoin::index_t bytes) {
                             if (bytes <= i.taken) return;
                             if (bytes > memory_.total()) throw too_large(bytes, memory_.total());
                             if (!memory_.take(bytes - i.taken)) throw needs_memory{bytes};
                             i.taken = bytes;
                         }});
        i.record->times.compute = now() - begin;
    }

    void encode(item& i) {
        double const begin = now();
        std::string const stem = (staging_ / std::to_string(i.number)).string();
        auto const clean = [&] {
            for (std::string const& suffix : job_.suffixes()) remove_quietly(stem + suffix);
        };
        try {
            i.work->encode(stem);
            std::shared_lock const placing(placing_);
            bool noted = true;
            if (log_) {
                std::vector<output_file> const placed = put_in_place(stem, i.record->stem);
                i.record->times.encode = now() - begin;
                noted = log_->add(*i.record, placed);
            }
            i.record->times.encode = now() - begin;
            i.record->elsewhere = !noted;
            i.record->notes = i.work->notes();
            finish(*i.record, file_status::done, noted ? "" : "not in the journal, which cannot be written");
        } catch (...) {
            clean();
            i.record->elsewhere = true;
            throw;
        }
        if (!log_) clean();
    }

    void finish(file_record& r, file_status status, std::string const& message) {
        std::lock_guard const lock(mutex_);
        r.times.ended = now();
        r.status = status;
        r.message = without_functions(message);
        finished_(r);
    }

    static void remove_quietly(std::filesystem::path const& path) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }

    /// What is at `to`, if anything, is at `aside` too, or where the file system has no links, there alone.
    static void set_aside(std::string const& to, std::string const& aside) {
        std::error_code error;
        std::filesystem::create_hard_link(to, aside, error);
        if (error) std::filesystem::rename(to, aside, error);
        if (error && error != std::errc::no_such_file_or_directory)
            throw std::runtime_error(to + " cannot be replaced: " + error.message());
    }

    /// All outputs of a file, or those that were there before. Where others write the same outputs, one that is in
    /// place may be theirs, and stays.
    std::vector<output_file> put_in_place(std::string const& from, std::string const& stem) const {
        std::filesystem::path const to = outputs_ / stem;
        std::filesystem::create_directories(to.parent_path());
        std::vector<std::string> const suffixes = job_.suffixes();
        for (std::string const& suffix : suffixes)
            if (std::filesystem::is_directory(to.string() + suffix))
                throw std::runtime_error(to.string() + suffix + " cannot be written: there is a folder of that name");
        std::vector<output_file> written;
        auto const before = [&](std::string const& suffix) { return from + suffix + ".before"; };
        try {
            for (std::string const& suffix : suffixes) {
                auto const bytes = static_cast<quoin::index_t>(std::filesystem::file_size(from + suffix));
                // The last one is replaced in one step.
                if (!log_->shared() && suffix != suffixes.back()) set_aside(to.string() + suffix, before(suffix));
                std::error_code error;
                std::filesystem::rename(from + suffix, to.string() + suffix, error);
                if (error) throw std::runtime_error(to.string() + suffix + " cannot be written: " + error.message());
                written.push_back({stem + suffix, bytes});
            }
        } catch (...) {
            if (log_->shared()) throw;
            for (std::size_t i = 0; i < suffixes.size(); ++i) {
                std::error_code error;
                std::filesystem::rename(before(suffixes[i]), to.string() + suffixes[i], error);
                if (error && i < written.size()) remove_quietly(to.string() + suffixes[i]);
                remove_quietly(before(suffixes[i])); // where it is still what is in place
            }
            throw;
        }
        for (std::string const& suffix : suffixes) remove_quietly(before(suffix));
        return written;
    }

    void leave(item* i) {
        i->work.reset();
        quoin::index_t const taken = i->taken;
        past_ -= i->past;
        delete i;
        memory_.give(taken);
    }

    item* begin(file_record& r, quoin::index_t past) {
        past_ += past;
        return new item{&r, number_++, past, r.needs, job_.start({r.name, r.in_file, *r.info}, r.needs_at_first)};
    }

    /// The next file, with its memory; none at the end, or when a stop is requested.
    item* admit() {
        for (;;) {
            std::uint64_t const seen = memory_.changes();
            if (seen_.token().stop_requested() || line_.empty()) return nullptr;
            file_record& first = *line_.front();
            if (!look_at(first)) {
                line_.pop_front();
                continue;
            }
            if (memory_.take(first.needs)) {
                line_.pop_front();
                return begin(first, 0);
            }
            file_record& last = *line_.back();
            if (&last != &first) {
                if (!look_at(last)) {
                    line_.pop_back();
                    continue;
                }
                if (past_ + last.needs <= memory_.total() - first.needs && memory_.take(last.needs)) {
                    line_.pop_back();
                    return begin(last, last.needs);
                }
            }
            memory_.wait(seen);
        }
    }

    /// Reads the header. @returns false for a file that has found its end by that.
    bool look_at(file_record& r) {
        if (r.info && r.needs > 0) return true;
        auto const path = inputs_ / r.name;
        r.times = {};
        r.times.began = now();
        try {
            if (auto const version = version_of(path)) r.version = *version;
            r.in_file = info_of(path);
            r.info = picture_of(path, r.in_file, job_.how);
            r.needs_at_first = r.needs = job_.bytes(*r.info, decoding_bytes(r.in_file, *r.info, r.version.bytes));
            if (r.needs <= memory_.total()) return true;
            throw too_large(r.needs, memory_.total());
        } catch (too_large const& e) {
            r.elsewhere = true;
            finish(r, file_status::oversized, e.what());
        } catch (std::bad_alloc const&) {
            r.elsewhere = true;
            finish(r, file_status::failed, "the system has no memory left for its header");
        } catch (std::exception const& e) {
            if (!r.info && version_of(path)) r.unread = unread_format(path);
            finish(r, file_status::failed, r.unread ? unread_message(r.unread) : e.what());
        }
        return false;
    }

    job const& job_;
    observation const& seen_;
    std::filesystem::path inputs_, outputs_, staging_;
    ledger memory_;
    std::function<void(file_record const&)> finished_;
    finished_log* log_ = nullptr;
    int workers_ = 1;
    clock::time_point start_;
    std::deque<file_record*> line_;
    std::vector<file_record*> again_;
    std::atomic<quoin::index_t> past_{0};
    quoin::index_t number_ = 0;
    std::shared_timed_mutex placing_;
    std::timed_mutex mutex_;
};

} // namespace examples
