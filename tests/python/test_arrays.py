# SPDX-License-Identifier: BSL-1.0
"""Arrays of other libraries, of no size, of far strides, and results over what is read."""
import array
import ctypes
import sys
import threading

import numpy
import pytest
from numpy.lib.stride_tricks import as_strided

import quoin
from arrays import filled
from quoin._arrays import readable


class Tensor:
    """DLPack and nothing else, as arrays of other libraries offer it."""

    def __init__(self, array):
        self._array = array

    def __dlpack__(self, **options):
        return self._array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self._array.__dlpack_device__()


def read_only(array):
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "int32", "float32"])
def test_reads_dlpack(dtype):
    a = filled((20, 30, 3), dtype, 1)
    for view in (a, a[::-1, ::2], a[..., 0], a.transpose(1, 0, 2), a[..., ::-1]):
        numpy.testing.assert_array_equal(quoin.run("flip_x", Tensor(view)), view[:, ::-1])


def test_writes_dlpack():
    a, out = filled((20, 30), "uint8", 1), numpy.zeros((20, 60), "uint8")
    to = Tensor(out[:, ::2])
    assert quoin.run("flip_x", a, out=to) is to
    numpy.testing.assert_array_equal(out[:, ::2], a[:, ::-1])
    assert not out[:, 1::2].any()


def test_dlpack_of_what_is_read_only():
    """NumPy gives it only to those who ask for a version of DLPack that can say so."""
    tensor = Tensor(read_only(filled((20, 30), "uint8", 1)))
    with pytest.raises(TypeError, match="out is of type .*not read-only"):
        quoin.run("flip_x", filled((20, 30), "uint8", 2), out=tensor)
    try:
        tensor.__dlpack__()
        wanted = True
    except BufferError:
        wanted = False
    except TypeError:  # this NumPy asks for options
        wanted = False
    if wanted:
        numpy.testing.assert_array_equal(quoin.run("flip_x", tensor), tensor._array[:, ::-1])


def test_gives_dlpack():
    result = quoin.run("flip_x", filled((20, 30, 3), "float32", 1))
    again = numpy.from_dlpack(result)
    numpy.testing.assert_array_equal(again, result)
    assert numpy.shares_memory(again, result)
    numpy.testing.assert_array_equal(quoin.run("flip_x", Tensor(result)), result[:, ::-1])


def test_dlpack_errors():
    with pytest.raises(ValueError, match="type float64"):
        quoin.run("flip_x", Tensor(numpy.zeros((3, 3))))
    with pytest.raises(ValueError, match=r"shape \(3, 3, 2\)"):
        quoin.run("flip_x", Tensor(numpy.zeros((3, 3, 2), "uint8")))

    class Elsewhere(Tensor):
        def __dlpack__(self, **options):
            raise BufferError("in the memory of another device")

    with pytest.raises(TypeError, match="in the memory of the host"):
        quoin.run("flip_x", Elsewhere(numpy.zeros((3, 3), "uint8")))


def test_reads_buffers_that_name_no_strides():
    """ctypes gives none, whatever is asked for."""
    for kind, dtype in ((ctypes.c_uint8, "uint8"), (ctypes.c_int16, "int16"), (ctypes.c_float, "float32")):
        a = filled((4, 5, 3), dtype, 1)
        lent = (kind * 3 * 5 * 4).from_buffer_copy(a.tobytes())
        numpy.testing.assert_array_equal(quoin.run("flip_x", lent), a[:, ::-1])
        to = (kind * 3 * 5 * 4)()
        quoin.run("flip_x", a, out=to)
        numpy.testing.assert_array_equal(numpy.ctypeslib.as_array(to), a[:, ::-1])
    with pytest.raises(ValueError, match=r"shape \(5,\)"):
        quoin.run("flip_x", array.array("H", range(5)))


def test_a_result_is_not_written_into_bools():
    """They hold 0 and 1, and masks of quoin 255."""
    a, out = filled((20, 30), "uint8", 1), numpy.zeros((20, 30), bool)
    for to in (out, Tensor(out)):
        try:
            to.__dlpack__()
        except (BufferError, TypeError):  # this NumPy lends no bool, or asks for options
            continue
        with pytest.raises(ValueError, match="out has elements of type bool.*give uint8, uint16"):
            quoin.run("threshold=100", a, out=to)
    assert not out.view("uint8").any()


@pytest.mark.parametrize("dtype", ["float64", ">f8", ">u2", "uint8"])
def test_copies_what_has_no_buffer_when_asked_to(dtype):
    a = filled((20, 30), "uint8", 1).astype(dtype)
    numpy.testing.assert_array_equal(quoin.run("flip_x", a, copy=True), a[:, ::-1])
    if a.dtype.isnative:
        numpy.testing.assert_array_equal(quoin.run("flip_x", Tensor(a), copy=True), a[:, ::-1])


def test_copies_only_what_it_cannot_read():
    a = filled((20, 30, 3), "uint16", 1)
    for view in (a, a[::-1, ::2], a[..., 1], a.transpose(1, 0, 2), numpy.broadcast_to(a[0], a.shape), Tensor(a)):
        assert numpy.shares_memory(readable(view), a)


@pytest.mark.parametrize("call", [
    lambda: quoin.run("flip_x", None), lambda: quoin.segment(None), lambda: quoin.components(None), lambda: quoin.labels(None),
    lambda: quoin.nuclei(None), lambda: quoin.contours(None), lambda: quoin.statistics(None), lambda: quoin.mse(None, None),
    lambda: quoin.integral_image(None), lambda: quoin.ssim(None, None), lambda: quoin.fast_corners(None),
    lambda: quoin.local_peaks(None), lambda: quoin.match_template(None, None), lambda: quoin.best_match(None),
    lambda: quoin.encode(None), lambda: quoin.orb(None),
])  # fmt: skip
def test_nothing_is_no_image(call):
    with pytest.raises(TypeError, match="quoin: .* is of type NoneType; give an array"):
        call()


@pytest.mark.parametrize("hidden", [True, False])
def test_masks_of_masked_arrays_are_not_lost(hidden):
    """Whether or not they hide a value."""
    plain = filled((20, 30), "uint8", 1)
    masked = numpy.ma.MaskedArray(plain, mask=plain > 100 if hidden else numpy.ma.nomask)
    assert masked.count() < plain.size or not hidden
    point_list, bits = numpy.ma.zeros((4, 2), int), numpy.ma.zeros((4, 32), "uint8")
    color = numpy.ma.zeros((9, 9, 3), "uint8")
    for call, what in [
        (lambda: quoin.run("flip_x", masked), "the image"),
        (lambda: quoin.run("flip_x", masked, copy=True), "the image"),
        (lambda: quoin.run("flip_x", masked.astype("float64"), copy=True), "the image"),
        (lambda: quoin.run("absdiff(#2)", plain, masked), "input 2"),
        (lambda: quoin.segment(masked), "the mask"), (lambda: quoin.components(plain, masked), "intensity"),
        (lambda: quoin.statistics(masked), "the image"), (lambda: quoin.psnr(masked, plain), "the image"),
        (lambda: quoin.mse(plain, masked), "the second image"), (lambda: quoin.orb(masked), "the image"),
        (lambda: quoin.to_tensor([color], 8, 8), "image 0"), (lambda: quoin.signed_area(point_list), "the array of points"),
        (lambda: quoin.match_descriptors(bits, bits.data), "the array of descriptors"),
        (lambda: quoin.dilate(numpy.ma.ones((3, 3), int)), "element"),
        (lambda: quoin.convolve(numpy.ma.ones((3, 3), int)), "kernel"),
    ]:  # fmt: skip
        with pytest.raises(ValueError, match=rf"^quoin: {what} is a masked array.* give array.filled\(value\), or array.data"):
            call()
    numpy.testing.assert_array_equal(quoin.run("flip_x", masked.data), plain[:, ::-1])
    numpy.testing.assert_array_equal(quoin.run("flip_x", masked.filled(7)), masked.filled(7)[:, ::-1])

    before = masked.copy()
    with pytest.raises(ValueError, match="^quoin: out is a masked array.* give array.data"):
        quoin.run("invert", plain, out=masked)
    with pytest.raises(ValueError, match="^quoin: out is a masked array.* give array.data"):
        quoin.to_tensor([color.data], 8, 8, out=numpy.ma.zeros((1, 3, 8, 8), "float32"))
    numpy.testing.assert_array_equal(masked.data, before.data)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0), (0, 5, 3), (5, 0, 4)])
def test_nothing_gives_nothing(shape):
    a = numpy.zeros(shape, "uint8")
    for policy in quoin.policies():
        result = quoin.run(quoin.median(5) | quoin.flip_x, a, policy=policy)
        assert result.shape == shape and result.dtype == a.dtype
    assert quoin.run("flip_x", Tensor(a)).shape == shape
    assert quoin.run("flip_x", a, out=a) is a
    if len(shape) == 2:
        assert len(quoin.segment(a > 0).rectangles) == len(quoin.components(a > 0)) == 0
        assert quoin.labels(a > 0).shape == shape
        assert len(quoin.nuclei(a)) == 0
    with pytest.raises(ValueError, match="no pixel"):
        quoin.statistics(a)
    with pytest.raises(OSError, match="at least 1 x 1"):
        quoin.encode(a)


def test_far_strides():
    """Rows, columns and pixels that lie gigabytes apart; the memory between is never touched."""
    far = (1 << 29) + 64
    try:
        whole = numpy.zeros((2, 4 * far), "uint8")
    except MemoryError:
        pytest.skip("this machine does not lend 4 GB of addresses")
    view = whole[:, ::far]
    view[...] = filled((2, 4), "uint8", 1)
    near = view.copy()
    for turn in (lambda a: a, lambda a: a[::-1, ::-1], lambda a: a.T):
        for operation in ("flip_x", "median=3", "transpose"):
            numpy.testing.assert_array_equal(quoin.run(operation, turn(view)), quoin.run(operation, turn(near)))
    quoin.run("flip_x", near, out=view[::-1])
    numpy.testing.assert_array_equal(view[::-1], near[:, ::-1])
    one = as_strided(numpy.full(1, 7, "uint8"), (1, 1), (1 << 62, -(1 << 62)))
    assert quoin.run("invert", one) == 248


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3), (20, 30, 4)])
def test_fortran_order(shape):
    a = filled(shape, "uint16", 1)
    fortran = numpy.asfortranarray(a)
    assert not fortran.flags.c_contiguous
    numpy.testing.assert_array_equal(quoin.run("gaussian3", fortran), quoin.run("gaussian3", a))
    out = numpy.zeros(shape, "uint16", order="F")
    quoin.run("gaussian3", a, out=out)
    numpy.testing.assert_array_equal(out, quoin.run("gaussian3", a))


def test_one_row_for_all():
    row = filled((30,), "uint8", 1)
    numpy.testing.assert_array_equal(
        quoin.run("flip_x", numpy.broadcast_to(row, (20, 30))), numpy.broadcast_to(row[::-1], (20, 30)))


def test_what_is_not_aligned_is_read_by_a_copy():
    a = numpy.zeros(1201, "uint8")[1:].view("uint16").reshape(20, 30)
    a[...] = filled((20, 30), "uint16", 1)
    with pytest.raises(ValueError, match=r"no multiple of 2.*array.copy\(\)"):
        quoin.run("flip_x", a)
    for copied in (quoin.run("flip_x", a.copy()), quoin.run("flip_x", a, copy=True)):
        numpy.testing.assert_array_equal(copied, a[:, ::-1])


def test_doubles_are_refused_or_copied():
    a = filled((20, 30), "float32", 1).astype("float64")
    with pytest.raises(ValueError, match=r"type float64.*astype"):
        quoin.run("flip_x", a)
    result = quoin.run("flip_x", a, copy=True)
    assert result.dtype == numpy.float32
    numpy.testing.assert_array_equal(result, a[:, ::-1].astype("float32"))
    for call in (quoin.statistics, quoin.segment, quoin.labels, quoin.nuclei):
        with pytest.raises(ValueError, match="type float64"):
            call(a)
    with pytest.raises(ValueError, match="type float64"):
        quoin.run("flip_x", a.astype("float32"), out=a)


@pytest.mark.parametrize("cut", [
    lambda a: (a, a),
    lambda a: (a[::-1], a),
    lambda a: (a[1:], a[:-1]),
    lambda a: (a[:-1], a[1:]),
    lambda a: (a[:, ::2], a[:, :15]),
])
def test_a_result_over_what_is_read_is_refused(cut):
    a = filled((20, 30), "uint8", 1)
    before = a.copy()
    image, out = cut(a)
    with pytest.raises(ValueError, match="would overwrite"):
        quoin.run("median=3", image, out=out)
    with pytest.raises(ValueError, match="would overwrite"):
        quoin.run("absdiff", numpy.zeros_like(out), image, out=out)
    numpy.testing.assert_array_equal(a, before)


def test_a_result_between_what_is_read():
    a = filled((20, 30), "uint8", 1)
    wanted = quoin.run("median=3", a[:, ::2])
    quoin.run("median=3", a[:, ::2], out=a[:, 1::2])
    numpy.testing.assert_array_equal(a[:, 1::2], wanted)


@pytest.mark.parametrize("strides", [(0, 1), (7, 1), (30, 0), (1, 1), (-7, 1)])
def test_elements_of_a_result_that_share_bytes_are_refused(strides):
    out = as_strided(numpy.zeros(1200, "uint8")[600:], (20, 30), strides)
    with pytest.raises(ValueError, match="may share bytes"):
        quoin.run("flip_x", filled((20, 30), "uint8", 1), out=out)


def test_the_lock_of_the_interpreter_is_released():
    """A thread that waits for the lock gets it while a pipeline is evaluated: with an interval of years in which threads
    take turns, it gets it from none that does not release it."""
    chain = quoin.pipeline(",".join(["median=5"] * 20))
    image = filled((400, 500, 3), "uint8", 1)
    evaluated, started = [], threading.Event()

    def work():
        started.set()
        quoin.run(chain, image, policy="serial")
        evaluated.append(True)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e6)
    try:
        seen = False
        for _ in range(20):  # the other thread may be late for an evaluation, but not for all
            evaluated.clear()
            started.clear()
            thread = threading.Thread(target=work)
            thread.start()
            started.wait()
            seen = not evaluated
            thread.join()
            if seen:
                break
    finally:
        sys.setswitchinterval(interval)
    assert seen
