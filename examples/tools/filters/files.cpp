// SPDX-License-Identifier: BSL-1.0
// The files of quoin-filters.
#include "files.hpp"

#include "../common/json.hpp"
#include "../common/program.hpp"

#include <iostream>
#include <map>
#include <set>

namespace examples {

namespace {

/// Files that are known again by any of their names.
class known_files {
public:
    void add(std::filesystem::path const& file) {
        names_.insert(full_path(file));
        if (auto const there = identity_of(file)) identities_.insert(*there);
    }
    bool has(std::filesystem::path const& file) const {
        auto const there = identity_of(file);
        return (there && identities_.contains(*there)) || names_.contains(full_path(file));
    }

private:
    std::set<std::filesystem::path> names_;
    std::set<file_identity> identities_;
};

/// Whether --out is the name of the one result, and not of a folder. @throws usage_error for a file of a format that is
/// not written.
bool names_a_file(filter_arguments const& a) {
    std::error_code unknown;
    if (std::filesystem::is_directory(a.out, unknown)) return false;
    for (char const* extension :
         {".webp", ".gif", ".jp2", ".jxl", ".heic", ".avif", ".exr", ".pbm", ".svg", ".pdf", ".ico", ".psd", ".dcm"})
        if (has_extension(a.out, extension))
            throw usage_error("--out " + a.out + ": no " + (extension + 1) +
                              " files are written; give the name of a .png, .jpg, .bmp, .tga, .pgm, .ppm, .pnm, .pfm "
                              "or .tif file, or a folder");
    bool named = a.out == "-";
    for (char const* extension :
         {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".pnm", ".pgm", ".ppm", ".pam", ".pfm", ".tif", ".tiff"})
        named = named || has_extension(a.out, extension);
    if (named && a.inputs.size() > 1)
        throw usage_error("--out " + a.out + " is the name of an image, and there are " +
                          std::to_string(a.inputs.size()) + " INPUTs; give a folder");
    return named;
}

} // namespace

std::vector<std::filesystem::path> plan_outputs(filter_arguments const& a) {
    std::map<std::filesystem::path, std::string> taken;
    std::vector<std::filesystem::path> outputs;
    if (names_a_file(a)) outputs.emplace_back(a.out);
    else
        for (std::string const& input : a.inputs) {
            auto const output = std::filesystem::path(a.out) / (std::filesystem::path(input).stem().string() + ".png");
            auto const [other, fresh] = taken.emplace(output, input);
            if (!fresh)
                throw usage_error(other->second + " and " + input + " would both become " + output.string() +
                                  "; give them in two calls with two folders");
            outputs.push_back(output);
        }
    known_files inputs;
    for (std::string const& input : a.inputs) inputs.add(input);
    for (std::string const& other : a.others) inputs.add(other);
    for (auto const& output : outputs)
        if (output != "-" && inputs.has(output))
            throw usage_error("the input " + output.string() + " would be overwritten; give another --out");
    return outputs;
}

int filter_files(filter_arguments const& a, std::vector<std::filesystem::path> const& outputs, filter_job const& job) {
    progress_bar const bar(job.tells ? a.inputs.size() : 0);
    std::ostream& text = a.out == "-" ? std::cerr : std::cout;
    int status = 0;
    for (std::size_t i = 0; i < a.inputs.size(); ++i) {
        bar.show(i, a.inputs[i]);
        try {
            job.check();
            filter_times const t = job.process(a.inputs[i], outputs[i]);
            bar.clear();
            if (!job.tells) continue;
            if (a.time)
                print_json(json_object{{"input", a.inputs[i]},
                                       {"policy", a.policy.name},
                                       {"threads", t.threads},
                                       {"pixels", t.size.area()},
                                       {"ms_median", rounded_to_microseconds(t.median)},
                                       {"ms_decode", rounded_to_microseconds(t.decode)},
                                       {"ms_encode", rounded_to_microseconds(t.encode)}},
                           text);
            else text << a.inputs[i] << " -> " << outputs[i].string() << '\n';
        } catch (quoin::canceled const&) {
            bar.clear();
            throw;
        } catch (std::exception const& e) {
            bar.clear();
            if (job.tells) report("quoin-filters", e.what());
            status = 1;
        }
    }
    job.check();
    return status;
}

} // namespace examples
