// SPDX-License-Identifier: BSL-1.0
// segment_stream: components and rectangles of a mask of which no more than a band of rows is ever in memory.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/rect/segment.hpp>
#include <quoin/rect/segment_stream.hpp>

#include <cassert>
#include <map>

using quoin::index_t;

// Finished rectangles and components are handed out at once, by number. A program that cannot keep them would write
// them to a file, each at the place of its number.
struct findings {
    std::map<index_t, quoin::labeled_rect> rectangles; // with parts in place of components
    std::map<index_t, index_t> whole;               // what each part was joined into
    std::map<index_t, quoin::component> components;

    void add_rectangle(index_t number, quoin::rect const& box, index_t part) { rectangles[number] = {box, part}; }
    void join_parts(index_t part, index_t into) { whole[part] = into; }
    void add_component(index_t part, quoin::component const& c) { components[part] = c; }
};

bool bright(index_t x, index_t y) {
    return x % 10 < 3 || (y == 35 && x < 24) || (x % 10 == 6 && y % 4 == 0);
}

int main() {
    constexpr index_t width = 60, height = 48;
    findings found;
    quoin::segment_stream stream(width, found);
    quoin::bit_image all(width, height);
    for (index_t top = 0; top < height; top += 16) {
        quoin::bit_image band(width, 16);
        for (index_t y = 0; y < 16; ++y)
            for (index_t x = 0; x < width; ++x)
                if (bright(x, top + y)) band.set(x, y), all.set(x, top + y);
        stream.push(quoin::serial{}, band);
        stream.flush(quoin::serial{}); // bands of fewer than 64 rows wait for others otherwise
        assert(stream.open_rectangles() <= width / 2);
    }
    stream.finish();

    // Three of the bars meet in row 35: until then they were parts of their own.
    assert(found.whole.size() == 2);
    auto const expected = quoin::segment(quoin::serial{}, all);
    assert(found.components.size() == expected.components.size());
    assert(found.rectangles.size() == expected.rectangles.size());

    // Components are numbered by their parts, which come in raster order.
    std::map<index_t, index_t> index;
    for (auto const& [part, c] : found.components) {
        index_t const number = static_cast<index_t>(index.size());
        assert(c == expected.components[static_cast<std::size_t>(number)]);
        index[part] = number;
    }
    for (auto [number, r] : found.rectangles) {
        while (found.whole.count(r.component) > 0) r.component = found.whole[r.component];
        r.component = index[r.component];
        assert(r == expected.rectangles[static_cast<std::size_t>(number)]);
    }
}
