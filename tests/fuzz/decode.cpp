// SPDX-License-Identifier: BSL-1.0
// The decoders: any bytes give an image or an io_error, the same every time, within the limits.

#include "bytes.hpp"
#include "png_checksums.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <optional>

namespace {

constexpr quoin::read_limits limits{quoin::index_t{1} << 18, quoin::index_t{1} << 24};

template <class P, int Decoders = QUOIN_DECODERS>
std::optional<quoin::image<P>> read(std::span<std::byte const> file, std::string& message) {
    try {
        return quoin::read_image<P, Decoders>(file, "input", limits);
    } catch (quoin::io_error const& e) {
        message = e.what();
        return {};
    }
}

template <class P>
bool equal(quoin::image<P> const& a, quoin::image<P> const& b) {
    for (quoin::index_t y = 0; y < a.height(); ++y)
        for (quoin::index_t x = 0; x < a.width(); ++x)
            if (!(a(x, y) == b(x, y)) && a(x, y) == a(x, y)) return false; // a number that is none equals none
    return a.size() == b.size();
}

template <class P>
void check(std::span<std::byte const> file) {
    std::string first, second;
    auto const a = read<P>(file, first);
    auto const b = read<P>(file, second);
    if (file.size() > 1 && file[0] == std::byte{137} && file[1] == std::byte{'P'}) {
        // Compressed data that do not end are for stb none the worse, and they need other amounts of memory.
        std::string third;
        auto const by_stb = read<P, (QUOIN_DECODERS & ~quoin::detail::with_codecs)>(file, third);
        fuzz::expect(!a || !by_stb || equal(*a, *by_stb), "two decoders gave other pixels");
    }
    fuzz::expect(a.has_value() == b.has_value() && first == second, "the second reading ended in another way");
    if (!a) {
        bool const says = first.starts_with("quoin::read_image: input: ") && first.size() > 30;
        fuzz::expect(says, "a message that says little");
        return;
    }
    fuzz::expect(equal(*a, *b), "the second reading gave other pixels");
    fuzz::expect(quoin::read_info(file, "input").size() == a->size(), "the header told another size");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    int const as = in.next() % 6;
    auto const file = in.rest();
    if (as == 0) check<std::uint8_t>(file);
    else if (as == 1) check<quoin::rgba8>(file);
    else if (as == 2) check<std::uint16_t>(file);
    else if (as == 3) check<quoin::rgb16>(file);
    else if (as == 4) check<float>(file);
    else check<quoin::rgba<std::uint32_t>>(file);
    return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

/// No random change keeps a checksum right: three of four PNGs are repaired, so that what is behind is reached.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, room);
    if (size > 1 && seed % 4 != 0) fuzz::repair_png_checksums(std::span(data + 1, size - 1));
    return size;
}
