# SPDX-License-Identifier: BSL-1.0
"""quoin.run against NumPy and against the same pixels in another order of memory."""
import gc
import pickle
import threading

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoin
from arrays import filled, images


def as_colors(a):
    return a[..., 0] if a.ndim == 3 and a.shape[2] == 1 else a


def median3(a):
    around = numpy.pad(a, [(1, 1), (1, 1)] + [(0, 0)] * (a.ndim - 2), mode="edge")
    h, w = a.shape[:2]
    return numpy.median([around[j : j + h, i : i + w] for j in range(3) for i in range(3)], axis=0).astype(a.dtype)


@given(images(), st.sampled_from(quoin.policies()))
def test_copies_what_it_reads(a, policy):
    result = quoin.run("", a, policy=policy)
    assert result.dtype == a.dtype and result.flags.c_contiguous
    numpy.testing.assert_array_equal(result, as_colors(a))


@given(images(types=("uint8", "uint16", "float32")), st.sampled_from(quoin.policies()))
def test_median_of_any_strides(a, policy):
    result = quoin.run(quoin.extend("replicate") | quoin.median(3), a, policy=policy)
    numpy.testing.assert_array_equal(result, median3(as_colors(a)))


@given(images(types=("uint8",), channels=(3,)))
def test_a_chain_is_one_of_its_parts(a):
    steps = [quoin.gray, quoin.gaussian3, quoin.flip_x, quoin.threshold(100)]
    whole = quoin.run(steps[0] | steps[1] | steps[2] | steps[3], a)
    by_hand = a
    for step in steps:
        by_hand = quoin.run(step, by_hand)
    numpy.testing.assert_array_equal(whole, by_hand)


@given(images(types=("uint8", "int16", "float32")), st.data())
def test_writes_into_any_strides(a, data):
    """Every pixel of `out` is written, and nothing around it."""
    wanted = quoin.run("flip_y", a)
    step = data.draw(st.sampled_from((1, 2, -1)))
    shape = [s for s in wanted.shape]
    around = filled([shape[0] * abs(step) + 4, shape[1] * abs(step) + 4, *shape[2:]], str(a.dtype), 5)
    before = around.copy()
    out = around[2:-2, 2:-2][::step, ::step]
    assert quoin.run("flip_y", a, out=out) is out
    numpy.testing.assert_array_equal(out, wanted)
    untouched = numpy.ones(around.shape, bool)
    untouched[2:-2, 2:-2][::step, ::step] = False
    numpy.testing.assert_array_equal(around[untouched], before[untouched])


def test_two_images():
    a, b = filled((30, 50, 3), "uint8", 1), filled((30, 50, 3), "uint8", 2)
    difference = numpy.abs(a.astype(int) - b)
    numpy.testing.assert_array_equal(quoin.run(quoin.absdiff(), a, b), difference)
    swapped = quoin.pipeline() | quoin.absdiff(quoin.image(2) | quoin.flip_x)
    numpy.testing.assert_array_equal(quoin.run(swapped, a, b), numpy.abs(a.astype(int) - b[:, ::-1]))
    assert swapped.inputs() == 2


def test_parameters():
    assert str(quoin.resize(640, 480, "lanczos3")) == "resize=640x480:lanczos3:pillow"
    assert quoin.resize((640, 480), kernel="lanczos3") == quoin.resize(640, 480, "lanczos3")
    assert str(quoin.gaussian(sigma=1.5)).startswith("gaussian=1.5")
    kernel = quoin.correlate([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    assert str(kernel) == "correlate=0:1:0/1:-4:1/0:1:0"
    assert str(quoin.correlate(([[1, 2, 1]], 4))) == "correlate=1:2:1@4"
    assert str(quoin.correlate_separable(([[-1, 0, 1], [1]], 2))) == "correlate_separable=-1:0:1/1@2"
    assert str(quoin.erode(3)) == "erode=3" and str(quoin.erode(15, 4)) == str(quoin.erode((15, 4))) == "erode=15x4"
    assert str(quoin.open("disc:7")) == "open=disc:7" and str(quoin.close([[0, 1], [1, 1]])) == "close=01/11"
    assert str(quoin.erode([[1, 0, 1]])) == "erode=000/101/000"
    three, five = numpy.int64(3), numpy.uint8(5)
    assert quoin.erode(three) == quoin.erode(3) and quoin.erode(three, five) == quoin.erode(3, 5)
    assert quoin.erode((three, five)) == quoin.erode([3, 5]) == quoin.erode(numpy.array([3, 5])) == quoin.erode(3, 5)
    assert quoin.resize(numpy.array([640, 480])) == quoin.resize([640, 480]) == quoin.resize(640, 480)
    assert quoin.median(five) == quoin.median(5) and quoin.image(numpy.int64(2)) == quoin.image(2)
    p = "gray" | quoin.median(5) | "flip_x"
    assert len(p) == 3 and pickle.loads(pickle.dumps(p)) == p and hash(p) == hash(quoin.pipeline(str(p)))
    assert p.result_of((20, 30, 3), "uint16") == ((20, 30), numpy.dtype("uint16"))
    assert p.result_of((20, 30), bool) == ((20, 30), numpy.dtype("uint8"))
    assert quoin.pipeline("median=5").needed((10, 10, 1, 1), (40, 40)) == (8, 8, 5, 5)


def test_every_operation_has_its_documentation():
    for name, operation in quoin.catalogue.items():
        assert operation.__doc__.splitlines()[0], name
        for parameter in operation._about["parameters"]:
            assert parameter["name"].lower() in operation.__doc__


@pytest.mark.parametrize(
    "call, kind, words",
    [
        (lambda a: quoin.run("median=4", a), ValueError, "side 4 is not an odd number"),
        (lambda a: quoin.run("no_such", a), ValueError, "no_such"),
        (lambda a: quoin.median(), TypeError, "side is missing"),
        (lambda a: quoin.median(5, 7), TypeError, "7 is no parameter"),
        (lambda a: quoin.median(width=5), TypeError, "side is missing"),
        (lambda a: quoin.median("x"), TypeError, "give a number"),
        (lambda a: quoin.correlate([1, 2, 3]), TypeError, "1 dimensions"),
        (lambda a: quoin.run("gray", a.astype(float)), ValueError, "type float64"),
        (lambda a: quoin.run("gray", a.astype(">u2")), ValueError, "type '>H'"),
        (lambda a: quoin.run("gray", a.astype(complex)), ValueError, "type 'Zd'"),
        (lambda a: quoin.run("gray", a[..., :2]), ValueError, r"shape \(20, 30, 2\)"),
        (lambda a: quoin.run("gray", a[0, 0]), ValueError, r"shape \(3,\)"),
        (lambda a: quoin.run("gray", numpy.zeros((1, 1, 1, 1, 1), "u1")), ValueError, "5 dimensions"),
        (lambda a: quoin.run("gray", [1, 2]), TypeError, "of type list"),
        (lambda a: quoin.run("gray", a, policy="cuda"), ValueError, "no policy 'cuda'"),
        (lambda a: quoin.run("gray", a, threads=-1), ValueError, "threads is -1"),
        (lambda a: quoin.run("gray", a, out=numpy.zeros((3, 3), "u1")), ValueError, "3 x 3"),
        (lambda a: quoin.run("gray", a, out=numpy.zeros((20, 30), "u2")), ValueError, "u16"),
        (lambda a: quoin.run("flip_x", a, out=a), ValueError, "would overwrite"),
        (lambda a: quoin.run("absdiff", a), ValueError, "input"),
        (lambda a: quoin.run("absdiff", a, a[1:]), ValueError, "20"),
        (lambda a: quoin.run(quoin.image(2) | quoin.gray, a, a), ValueError, "begins with input 2"),
        (lambda a: quoin.gray | quoin.image(2), ValueError, "begins with an input"),
        (lambda a: quoin.image(0), ValueError, "no input 0"),
        (lambda a: quoin.image(True), ValueError, "no input True"),
        (lambda a: quoin.run(None, a), TypeError, "None is no pipeline"),
        (lambda a: quoin.run(b"gray", a), TypeError, "b'gray' is no pipeline"),
        (lambda a: quoin.pipeline("gray").result_of((-4, 4)), ValueError, "4 x -4 pixels"),
        (lambda a: quoin.pipeline("flip_x").result_of((4, 4, 2)), ValueError, "2 channels"),
        (lambda a: quoin.run("gray", a[:, :, 0].astype("u2").view("u1")[:, 1:-1].view("u2")), ValueError, "address"),
        (lambda a: quoin.run("gray", numpy.zeros((4, 4), [("a", "u1"), ("b", "u2")])["b"]), ValueError, "strides"),
    ],
)
def test_refuses(call, kind, words):
    with pytest.raises(kind, match=words):
        call(filled((20, 30, 3), "uint8", 1))


def test_copies_when_asked_to():
    a = filled((20, 30), "uint8", 1)
    assert quoin.run("invert", a.astype(float), copy=True).dtype == numpy.float32
    b = a.astype(">u2")
    numpy.testing.assert_array_equal(quoin.run("flip_y", b, copy=True), b[::-1])
    packed = numpy.zeros((20, 30), [("a", "u1"), ("b", "u2")])
    packed["b"] = a
    numpy.testing.assert_array_equal(quoin.run("", packed["b"], copy=True), a)


def test_reads_what_is_read_only_and_does_not_write_it():
    a = filled((20, 30), "uint8", 1)
    a.flags.writeable = False
    numpy.testing.assert_array_equal(quoin.run("flip_x", a), a[:, ::-1])
    with pytest.raises(ValueError, match="read-only"):
        quoin.run("flip_x", filled((20, 30), "uint8", 2), out=a)


def test_reads_other_buffers():
    a = filled((20, 30), "uint8", 1)
    numpy.testing.assert_array_equal(quoin.run("flip_x", memoryview(a)), a[:, ::-1])
    numpy.testing.assert_array_equal(quoin.run("", a > 100), (a > 100).astype("u1"))


def test_results_outlive_what_they_are_made_of():
    results = [quoin.run("gray", filled((40, 50, 3), "uint8", k)) for k in range(20)]
    gc.collect()
    for k, result in enumerate(results):
        numpy.testing.assert_array_equal(result, quoin.run("gray", filled((40, 50, 3), "uint8", k)))


def test_threads_of_python():
    a = filled((200, 300, 3), "uint8", 1)
    chain = quoin.gray | quoin.gaussian(2) | quoin.sobel_magnitude
    wanted = quoin.run(chain, a, policy="serial")
    wrong = []

    def work():
        for policy in quoin.policies() * 3:
            if (quoin.run(chain, a, policy=policy) != wanted).any():
                wrong.append(policy)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not wrong


def test_a_notebook_shows_a_result():
    a = filled((5, 7, 3), "uint16", 1)
    picture = quoin.run("", a)._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert quoin.run("", a.astype("float32"))._repr_png_() is None
