// SPDX-License-Identifier: BSL-1.0
// quoin-filters in all processes that mpirun has started: each computes its rows of every result.
#include "filters.hpp"

#if QUOIN_WITH_MPI
#include "../common/program.hpp"
#include "bands.hpp"

#include <quoin/mpi/pnm_bands.hpp>

#include <deque>
#endif

namespace examples {

#if QUOIN_WITH_MPI
namespace {

/// A band_image of pixels whose type is known at run time.
class any_bands {
public:
    any_bands() = default;
    template <class P>
    explicit any_bands(quoin::band_image<P>&& pixels) {
        auto const kept = std::make_shared<quoin::band_image<P>>(std::move(pixels));
        memory_ = &kept->view().memory();
        auto const read = kept->view().pixels();
        whole_ = quoin::any_output(const_cast<quoin::channel_t<P>*>(read.data()), read.size(), read.stride(),
                                   quoin::channels_v<P>, 1, quoin::format_of<P>);
        rows_ = kept->rows();
        image_ = kept;
    }

    /// Of the whole extent. Only the rows that are here may be read, and only the own ones written.
    quoin::any_output const& whole() const { return whole_; }
    quoin::interval rows() const { return rows_; }
    quoin::detail::band_memory& memory() const { return *memory_; }
    template <class P>
    quoin::band_image<P> const& as() const {
        return *static_cast<quoin::band_image<P> const*>(image_.get());
    }

private:
    std::shared_ptr<void> image_;
    quoin::detail::band_memory* memory_ = nullptr;
    quoin::any_output whole_;
    quoin::interval rows_{0, 0};
};

/// Whether a chain makes an image or counts of all pixels before its result, and so reads more than the result needs.
bool reads_all(quoin::any_pipeline const& chain, std::vector<quoin::any_view> const& in) {
    using quoin::detail::chain_access;
    auto const plan = chain_access::plan(chain, quoin::detail::pixels_of_views(in));
    if (plan.cut >= 0 || plan.counts >= 0) return true;
    auto const known = quoin::any_pipeline::operations();
    for (auto const& stage : chain_access::stages(chain))
        for (auto const& operand : stage.operands)
            if (known[static_cast<std::size_t>(stage.operation)]->reads_images() ||
                reads_all(chain_access::of(operand),
                          quoin::detail::behind(in[static_cast<std::size_t>(operand.input)], in)))
                return true;
    return false;
}

/// quoin::to_image of all processes: each gets the rows of the inputs that its rows of the result need. Collective.
any_bands evaluate(processes const& all, quoin::any_pipeline const& chain, std::vector<any_bands> const& in) {
    std::vector<quoin::any_view> views;
    std::vector<quoin::any_pipeline::result> formats;
    for (any_bands const& each : in) {
        views.push_back(each.whole());
        formats.push_back({each.whole().format(), each.whole().size()});
    }
    auto const result = chain.result_of(formats);
    any_bands const out = with_pixel_in(
        result.format, [&]<class P>() { return any_bands(quoin::band_image<P>(all.policy(), result.size)); });
    quoin::rect const mine{0, out.rows().begin, result.size.width, out.rows().end - out.rows().begin};
    bool const whole = reads_all(chain, views);
    std::deque<quoin::detail::fetched_band> here;
    for (std::size_t i = 0; i < in.size(); ++i) {
        quoin::rect needed;
        if (!mine.empty() && whole) needed = {0, 0, views[i].width(), views[i].height()};
        else if (!mine.empty()) needed = chain.needed(mine, formats, static_cast<int>(i) + 1);
        here.emplace_back(in[i].memory(), quoin::interval{needed.y, needed.bottom()});
    }
    all.agree([&] { quoin::detail::run_rows(all.policy().inner(), chain, views, out.whole(), out.rows(), {}); });
    return out;
}

/// write_picture of all processes. Collective.
void write_bands(processes const& all, std::filesystem::path const& path, any_bands const& picture) {
    bool together = false;
    all.on_first([&] {
        std::error_code unknown;
        auto const there = std::filesystem::status(path, unknown);
        together = path != "-" && (!exists(there) || is_regular_file(there));
        for (char const* other : {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".pfm", ".tif", ".tiff"})
            together = together && !has_extension(path, other);
    });
    all.share(together);
    with_pixel_in(picture.whole().format(), [&]<class P>() {
        auto const& bands = picture.as<P>();
        if constexpr (std::integral<quoin::channel_t<P>>)
            if (together) return write_pnm_bands(all.policy(), bands, path);
        quoin::image<P> const whole = on_first_process(all, bands);
        all.on_first([&] { write_pixels(path, whole.view()); });
    });
}

any_bands read_input(processes const& all, filter_arguments const& a, quoin::any_pipeline const& chain,
                     std::string const& file, quoin::image_info const& info) {
    return with_pixel_for(chain, picture_of(file, info, a.how), [&]<class P>() {
        auto bands = read_bands<P>(all, file, info, a.how);
        print_note(all, "quoin-filters", file, info, a.how, bands);
        return any_bands(std::move(bands));
    });
}

filter_times process(processes const& all, filter_arguments const& a, quoin::any_pipeline const& chain,
                     std::string const& input, std::vector<any_bands> const& others,
                     std::filesystem::path const& output) {
    quoin::image_info const file = info_of(all, input);
    quoin::image_info const info = picture_of(input, file, a.how);
    std::vector<quoin::any_pipeline::result> formats;
    for (any_bands const& each : others) formats.push_back({each.whole().format(), each.whole().size()});
    quoin::any_pipeline const steps = picture_chain(chain, info, output, formats);
    formats.insert(formats.begin(), {format_of_input(steps, info), info.size()});
    all.on_first([&] { check_picture_file(output, steps.result_of(formats)); });
    filter_times t;
    t.size = info.size();
    t.threads = all.policy().concurrency();
    std::vector<any_bands> in(1);
    t.decode = milliseconds([&] { in[0] = read_input(all, a, steps, input, file); });
    in.insert(in.end(), others.begin(), others.end());
    any_bands result;
    t.median = median_milliseconds(a.repeat, [&] {
        result = {}; // so that one result is in memory at a time
        result = evaluate(all, steps, in);
    });
    all.check();
    t.encode = milliseconds([&] { write_bands(all, output, result); });
    return t;
}

} // namespace

int filter_on_processes(filter_arguments const& a, quoin::any_pipeline const& chain) {
    return on_processes(a.policy, a.seen, [&](processes const& all) {
        if (!a.seen.file().empty())
            throw usage_error(
                "--trace cannot be had under --policy mpi, where each process computes its rows; leave it "
                "out or give another policy");
        auto const outputs = plan_outputs(a);
        all.on_first([&] {
            if (auto const folder = outputs.front().parent_path(); !folder.empty()) make_folder("--out", folder);
        });
        std::vector<any_bands> others;
        for (std::string const& file : a.others) others.push_back(read_input(all, a, chain, file, info_of(all, file)));
        filter_job job;
        job.process = [&](std::string const& input, std::filesystem::path const& output) {
            try {
                return process(all, a, chain, input, others, output);
            } catch (...) {
                (void)all.failed_together(std::current_exception());
                throw;
            }
        };
        job.check = [&] { all.check(); };
        job.tells = all.first();
        return filter_files(a, outputs, job);
    });
}
#else
int filter_on_processes(filter_arguments const& a, quoin::any_pipeline const&) {
    refuse_policy(a.policy.name, "an MPI");
}
#endif

} // namespace examples
