// SPDX-License-Identifier: BSL-1.0
// The decoders: any bytes give an image or an io_error, the same every time, within the limits.

#include "bytes.hpp"
#include "png_checksums.hpp"

#include <quoin/io/read_image.hpp>
#include <quoin/io/read_info.hpp>

#include <cstring>
#include <optional>

namespace {

/// Small ones, so that most executions decode little; larger ones where the bytes ask for them.
constexpr quoin::read_limits small{quoin::index_t{1} << 11, quoin::index_t{1} << 22};
constexpr quoin::read_limits large{quoin::index_t{1} << 18, quoin::index_t{1} << 24};

template <class P, int Decoders = QUOIN_DECODERS>
std::optional<quoin::image<P>> read(std::span<std::byte const> file, quoin::read_limits const& limits,
                                    std::string& message) {
    try {
        return quoin::read_image<P, Decoders>(file, "input", limits);
    } catch (quoin::io_error const& e) {
        message = e.what();
        return {};
    }
}

template <class P>
bool equal(quoin::image<P> const& a, quoin::image<P> const& b) {
    if (a.size() != b.size()) return false;
    for (quoin::index_t y = 0; y < a.height(); ++y) // bytes: a number that is none equals itself
        if (std::memcmp(a.view().row(y), b.view().row(y), static_cast<std::size_t>(a.width()) * sizeof(P)) != 0)
            return false;
    return true;
}

template <class P>
void check(std::span<std::byte const> file, int how) {
    auto const& limits = how == 15 ? large : small;
    std::string first;
    auto const a = read<P>(file, limits, first);
    if (how % 4 == 0) {
        std::string second;
        auto const b = read<P>(file, limits, second);
        fuzz::expect(a.has_value() == b.has_value() && first == second, "the second reading ended in another way");
        fuzz::expect(!a || equal(*a, *b), "the second reading gave other pixels");
    }
    if (file.size() > 1 && file[0] == std::byte{137} && file[1] == std::byte{'P'}) {
        // Compressed data that do not end are for stb none the worse, and they need other amounts of memory.
        std::string third;
        auto const by_stb = read<P, (QUOIN_DECODERS & ~quoin::detail::with_codecs)>(file, limits, third);
        fuzz::expect(!a || !by_stb || equal(*a, *by_stb), "two decoders gave other pixels");
    }
    if (!a) {
        bool const says = first.starts_with("quoin::read_image: input: ") && first.size() > 30;
        fuzz::expect(says, "a message that says little");
        return;
    }
    fuzz::expect(quoin::read_info(file, "input").size() == a->size(), "the header told another size");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::bytes in(data, size);
    int const first = in.next(), as = first % 6, how = first / 6;
    auto const file = in.rest();
    if (as == 0) check<std::uint8_t>(file, how);
    else if (as == 1) check<quoin::rgba8>(file, how);
    else if (as == 2) check<std::uint16_t>(file, how);
    else if (as == 3) check<quoin::rgb16>(file, how);
    else if (as == 4) check<float>(file, how);
    else check<quoin::rgba<std::uint32_t>>(file, how);
    return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

/// No random change keeps a checksum right: three of four PNGs are repaired, so that what is behind is reached.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, room);
    if (size > 1 && seed % 4 != 0) fuzz::repair_png_checksums(std::span(data + 1, size - 1));
    return size;
}
