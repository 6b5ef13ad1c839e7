// SPDX-License-Identifier: BSL-1.0
// band_image: an image whose rows are dealt to the processes of a communicator.
#pragma once

#include <quoin/image/image.hpp>
#include <quoin/mpi/detail/band_memory.hpp>

#include <optional>

QUOIN_NAMESPACE_BEGIN

/// An image of which each rank has a band: rows that follow each other, as many as on any other rank or one more or
/// less. The first rank has the first rows. With fewer rows than ranks, the last ranks have none.
///
///     quoin::mpi const policy(MPI_COMM_WORLD, quoin::simd{});
///     quoin::band_image<std::uint8_t> image(policy, {width, height});
///     ... write image.band(), whose row 0 is row image.rows().begin of the image ...
///     auto const edges = to_image(policy, image.view() | gaussian3 | sobel_magnitude);
///
/// Memory: the rows of the band. Addresses are taken for the whole image, since rows that a pipeline needs from other
/// ranks come to the place that they have there (10^10 bytes for 100,000 x 100,000 bytes; they cost nothing). Pixels
/// are 0 until they are written. It needs POSIX.
template <concepts::pixel P>
class band_image {
public:
    using pixel_type = P;

    /// The source of a pipeline: what image.view() gives. Only mpi policies evaluate it. It does not keep the memory
    /// alive.
    class source {
    public:
        using pixel_type = P;

        source(detail::band_memory& memory, extent size) : memory_(&memory), size_(size) {}
        index_t width() const { return size_.width; }
        index_t height() const { return size_.height; }
        /// An error message: no process has all pixels.
        P load(index_t, index_t) const {
            static_assert(!concepts::pixel<P>, "quoin::band_image: rows of other ranks are not in this process; "
                                               "evaluate under quoin::mpi(communicator, policy), into a band_image");
            return {};
        }
        detail::band_memory& memory() const { return *memory_; }
        /// A view of the whole extent. Only the rows that are here may be read.
        image_view<P const> pixels() const { return view_of<P const>(*memory_, size_); }

    private:
        detail::band_memory* memory_;
        extent size_;
    };

    /// Collective.
    /// @throws invalid_argument for a negative extent, and std::bad_alloc.
    template <class Policy>
        requires requires(Policy const& p) { p.group(); }
    band_image(Policy const& policy, extent size) : size_(size) {
        auto const& group = policy.group();
        group->agree([&] {
            (void)detail::checked_count<channel_t<P>>("quoin::band_image", size, channels_v<P>, 1);
            memory_ = std::make_unique<detail::band_memory>(group, stride(size) * index_t{sizeof(channel_t<P>)},
                                                            size.empty() ? 0 : size.height);
        });
    }

    extent size() const { return size_; } ///< of the whole image
    index_t width() const { return size_.width; }
    index_t height() const { return size_.height; }
    interval rows() const { return memory_->rows(); } ///< those of this rank's band

    /// The pixels of this rank's rows.
    image_view<P> band() { return subview(view_of<P>(*memory_, size_), band_rect()); }
    image_view<P const> band() const { return subview(view_of<P const>(*memory_, size_), band_rect()); }
    source view() const& { return {*memory_, size_}; }
    source view() const&& = delete;

    /// What this rank has sent to others since the image was made, for pipelines and gather().
    index_t sent_messages() const { return memory_->sent_messages(); }
    index_t sent_rows() const { return memory_->sent_rows(); }

private:
    static index_t stride(extent size) { return detail::aligned_stride<channel_t<P>>(size.width * channels_v<P>); }
    template <class Q>
    static image_view<Q> view_of(detail::band_memory& memory, extent size) {
        return {reinterpret_cast<detail::channel_pointer<Q>>(memory.data()), size.width, size.height, stride(size)};
    }
    rect band_rect() const {
        interval const mine = rows();
        return {0, mine.begin, size_.width, mine.end - mine.begin};
    }

    extent size_;
    std::unique_ptr<detail::band_memory> memory_;
};

QUOIN_NAMESPACE_END
