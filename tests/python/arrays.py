# SPDX-License-Identifier: BSL-1.0
"""Arrays of all shapes, types, strides and offsets, drawn at random."""
import numpy
from hypothesis import strategies as st

TYPES = ("uint8", "uint16", "int16", "int32", "float32")


def filled(shape, dtype, seed):
    generator = numpy.random.default_rng(seed)
    if dtype == "float32":
        return generator.uniform(-10, 300, shape).astype(numpy.float32)
    top = min(numpy.iinfo(dtype).max, 70000)
    return generator.integers(max(numpy.iinfo(dtype).min, -70000), top + 1, shape).astype(dtype)


@st.composite
def images(draw, types=TYPES, channels=(0, 1, 3, 4), side=40):
    """A view of a larger array: cut, with steps, mirrored, with its axes exchanged; never a copy."""
    dtype = draw(st.sampled_from(types))
    c = draw(st.sampled_from(channels))
    height, width = draw(st.integers(1, side)), draw(st.integers(1, side))
    steps = [draw(st.sampled_from((1, 1, 1, 2, 3, -1, -2))) for _ in range(2)]
    first = [draw(st.integers(0, 3)) for _ in range(2)]
    sides = [first[i] + abs(steps[i]) * n for i, n in enumerate((height, width))]
    planar = draw(st.booleans())
    exchanged = draw(st.booleans())
    shape = sides[::-1] if exchanged else sides
    if c:
        shape = [c, *shape] if planar else [*shape, c]
    whole = filled(shape, dtype, draw(st.integers(0, 2**32)))
    view = numpy.moveaxis(whole, 0, -1) if c and planar else whole
    if exchanged:
        view = view.swapaxes(0, 1)
    view = view[first[0] :, first[1] :][:: steps[0], :: steps[1]][:height, :width]
    if c > 1 and draw(st.booleans()):
        view = view[:, :, ::-1]
    return view
