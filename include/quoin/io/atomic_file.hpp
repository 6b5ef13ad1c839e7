// SPDX-License-Identifier: BSL-1.0
// atomic_file: a file that appears completely or not at all.
#pragma once

#include <quoin/core/error.hpp>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

QUOIN_NAMESPACE_BEGIN

namespace detail {

inline std::string system_reason(int code) {
    return std::error_code(code, std::generic_category()).message();
}

struct close_file {
    void operator()(std::FILE* f) const { std::fclose(f); }
};
using file_handle = std::unique_ptr<std::FILE, close_file>;

/// The temporary files of all atomic_file of the program, for one that ends without their destructors.
class temporary_files {
public:
    static temporary_files& of_program() {
        static auto* const all = new temporary_files; // other threads may use it until the very end
        return *all;
    }

    /// f() makes the file `name`, and returns whether it did.
    template <class F>
    bool make(std::string name, F const& f) {
        std::lock_guard const lock(mutex_);
        names_.push_back(std::move(name));
        bool const made = f();
        if (!made) names_.pop_back();
        return made;
    }
    /// f() removes or renames the file `name`, and returns whether it did.
    template <class F>
    void end(std::string const& name, F const& f) {
        std::lock_guard const lock(mutex_);
        if (f()) std::erase(names_, name);
    }
    /// Removes all. From here on every thread that would make or end one waits for ever: to be called once, right
    /// before _exit().
    void give_up() noexcept {
        mutex_.lock();
        for (std::string const& name : names_) std::remove(name.c_str());
    }

    /// Files that are written directly, and would stay incomplete.
    std::atomic<int> direct{0};

private:
    std::mutex mutex_;
    std::vector<std::string> names_;
};

} // namespace detail

/// Writes to a temporary file beside `path`. commit() renames it to `path` and replaces an older file in one step.
/// Before commit(), and after any failure, the older file is untouched. The destructor removes the temporary file. A
/// replaced file keeps its permissions. If `path` is a symbolic link, its target is replaced and the link remains.
/// Something that is not a regular file (a device, a pipe) cannot be replaced and is written directly. A committed file
/// survives the end of the program; it survives a loss of power only as far as the file system guarantees.
///     atomic_file out("table.csv");
///     out.write("x,y,w,h,component\n");
///     out.commit();
/// @throws io_error, which names the file and the system's reason, from the constructor, write() and commit().
class atomic_file {
public:
    explicit atomic_file(std::filesystem::path path, char const* operation = "quoin::atomic_file")
        : path_(std::move(path)), what_(std::string(operation) + ": " + path_.string()) {
        std::error_code ignored;
        auto const existing = std::filesystem::status(path_, ignored);
        if (std::filesystem::is_directory(existing))
            detail::raise<io_error>(what_, ": is a directory; give the name of a file");
        if (std::filesystem::exists(existing) && !std::filesystem::is_regular_file(existing)) {
            file_.reset(std::fopen(path_.string().c_str(), "wb"));
            if (!file_) fail("cannot be opened for writing", errno);
            ++detail::temporary_files::of_program().direct;
            return;
        }
        target_ = path_;
        if (std::filesystem::exists(existing)) target_ = std::filesystem::canonical(path_, ignored);
        if (target_.empty()) fail("cannot be resolved", ignored.value());
        open_temporary();
        if (std::filesystem::exists(existing))
            std::filesystem::permissions(temporary_, existing.permissions(), ignored);
    }

    atomic_file(atomic_file&& other) noexcept
        : path_(std::move(other.path_)), what_(std::move(other.what_)), target_(std::move(other.target_)),
          temporary_(std::exchange(other.temporary_, {})), file_(std::move(other.file_)) {}
    atomic_file& operator=(atomic_file&&) = delete;
    ~atomic_file() { abandon(); }

    std::filesystem::path const& path() const { return path_; }

    void write(void const* data, std::size_t size) {
        if (!file_) detail::raise<io_error>(what_, ": written to after commit(); open it again");
        if (size != 0 && std::fwrite(data, 1, size, file_.get()) != size) {
            int const code = errno;
            abandon();
            fail("cannot be written", code);
        }
    }
    void write(std::string_view text) { write(text.data(), text.size()); }

    /// The name of the file that is written until commit(), for other processes that write parts of it. It is path() if
    /// that is no regular file.
    std::filesystem::path const& written_path() const { return temporary_.empty() ? path_ : temporary_; }

    /// The file itself, for a library that seeks in it; not for use after commit().
    std::FILE* stream() const { return file_.get(); }

    /// Gives the file its name. Nothing can be written afterwards.
    void commit() {
        if (!file_) detail::raise<io_error>(what_, ": committed twice, or after a failure; open it again");
        // fclose reports a full disk for the last bytes. The handle is invalid after it in any case.
        if (close() != 0) {
            int const code = errno;
            abandon();
            fail("cannot be written", code);
        }
        if (temporary_.empty()) return;
        std::error_code renamed;
        detail::temporary_files::of_program().end(temporary_.string(), [&] {
            std::filesystem::rename(temporary_, target_, renamed);
            return !renamed;
        });
        if (renamed) {
            abandon();
            fail("cannot be replaced", renamed.value());
        }
        temporary_.clear();
    }

private:
    void open_temporary() {
        std::random_device random;
        for (;;) {
            char name[48];
            std::snprintf(name, sizeof name, ".quoin-%08x%08x.tmp", static_cast<unsigned>(random()),
                          static_cast<unsigned>(random()));
            auto const candidate = target_.parent_path() / name;
            int code = 0;
            bool const made = detail::temporary_files::of_program().make(candidate.string(), [&] {
                file_.reset(std::fopen(candidate.string().c_str(), "wbx"));
                code = errno;
                return file_ != nullptr;
            });
            if (made) {
                temporary_ = candidate;
                return;
            }
            if (code != EEXIST) fail("no temporary file can be made beside it", code);
        }
    }

    int close() noexcept {
        int const status = std::fclose(file_.release());
        if (temporary_.empty()) --detail::temporary_files::of_program().direct;
        return status;
    }

    void abandon() noexcept {
        if (file_) close();
        std::error_code ignored;
        if (!temporary_.empty())
            detail::temporary_files::of_program().end(temporary_.string(), [&] {
                std::filesystem::remove(temporary_, ignored);
                return true;
            });
        temporary_.clear();
    }

    [[noreturn]] void fail(char const* problem, int code) const {
        detail::raise<io_error>(what_, ": ", problem, ": ", detail::system_reason(code),
                                "; give a name in a folder that exists, can be written to and has space");
    }

    std::filesystem::path path_;
    std::string what_;
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    detail::file_handle file_;
};

QUOIN_NAMESPACE_END
