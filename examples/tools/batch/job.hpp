// SPDX-License-Identifier: BSL-1.0
// What quoin-batch needs to know of a job: its options, its outputs, its memory, and its three steps for one file.
#pragma once

#include "../common/command_line.hpp"
#include "../common/images.hpp"

#include <quoin/io/image_info.hpp>
#include <quoin/io/read_limits.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

class workers;

/// What a file is computed with. need(bytes) says what the file takes in all, where that shows only after decoding; it
/// throws where that is not to be had now, and the file is begun again when it is.
struct file_context {
    workers const& policy;
    std::function<void(quoin::index_t)> need;
};

/// One file on its way. Each step is called once, in this order, on any thread; each lets go of what the next ones do
/// not read.
class file_work {
public:
    virtual ~file_work() = default;
    virtual void decode(std::filesystem::path const& input, quoin::read_limits const& limits) = 0;
    virtual void compute(file_context const& context) = 0;
    /// Writes the files `stem` + suffix, for every suffix of the job.
    virtual void encode(std::string const& stem) = 0;

    /// What there is to say of a file that is done.
    std::vector<note> const& notes() const { return notes_; }

protected:
    void add(note n) {
        if (!n.kind.empty()) notes_.push_back(std::move(n));
    }

private:
    std::vector<note> notes_;
};

/// The picture that a job takes from a file.
struct picture_source {
    std::filesystem::path name; ///< of the file, in notes
    quoin::image_info file;
    quoin::image_info picture;
};

/// What is done to every file of a folder.
class job {
public:
    virtual ~job() = default;

    reading how; ///< how the pictures are taken from the files

    virtual void add_options(command_line& group) = 0;
    /// After parsing. @throws usage_error
    virtual void check() {}
    /// What the names of the outputs end with.
    virtual std::vector<std::string> suffixes() const = 0;
    /// At most so many bytes are in use at a time for such a picture, as far as the header tells; `decoding` are those
    /// until it is read.
    virtual quoin::index_t bytes(quoin::image_info const& picture, quoin::index_t decoding) const = 0;
    virtual std::unique_ptr<file_work> start(picture_source const& from, quoin::index_t bytes) const = 0;
};

inline constexpr char const* job_names[] = {"segment", "filters", "nuclei"};

/// Nothing for a name that is not in job_names.
std::unique_ptr<job> make_job(std::string_view name);

} // namespace examples
