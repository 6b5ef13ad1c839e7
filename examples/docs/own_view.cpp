// SPDX-License-Identifier: BSL-1.0
// Views of one's own: whatever knows its extent and its pixels can be read, and written if it can store.
#undef NDEBUG
#include <quoin/exec/serial.hpp>
#include <quoin/exec/to_image.hpp>
#include <quoin/filter/linear/gaussian3.hpp>

#include <cassert>

// An image that is computed, not stored.
struct checkerboard {
    using pixel_type = std::uint8_t;
    quoin::index_t size;

    quoin::index_t width() const { return 8 * size; }
    quoin::index_t height() const { return 8 * size; }
    pixel_type load(quoin::index_t x, quoin::index_t y) const { return (x / size + y / size) % 2 ? 0 : 255; }
};
static_assert(quoin::concepts::view<checkerboard>);

// Another view with columns and rows exchanged, to read and to write.
template <quoin::concepts::writable_view View>
struct transposed {
    using pixel_type = typename View::pixel_type;
    View of;

    quoin::index_t width() const { return of.height(); }
    quoin::index_t height() const { return of.width(); }
    pixel_type load(quoin::index_t x, quoin::index_t y) const { return of.load(y, x); }
    void store(quoin::index_t x, quoin::index_t y, pixel_type const& p) const { of.store(y, x, p); }
};
static_assert(quoin::concepts::writable_view<transposed<quoin::image_view<std::uint8_t>>>);

int main() {
    auto const board = quoin::to_image(quoin::serial{}, checkerboard{10} | quoin::gaussian3);
    assert(board.width() == 80 && board.height() == 80);
    assert(board(5, 5) == 255 && board(15, 5) == 0);
    assert(board(9, 5) == 191 && board(10, 5) == 64); // 3/4 and 1/4 of 255 at an edge

    quoin::rgb8 const row[] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    quoin::image<quoin::rgb8> column(1, 3);
    quoin::run(quoin::serial{}, quoin::image_view<quoin::rgb8 const>(row, 3, 1), transposed{column.view()});
    assert(column(0, 0) == row[0] && column(0, 1) == row[1] && column(0, 2) == row[2]);
}
