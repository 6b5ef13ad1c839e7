# SPDX-License-Identifier: BSL-1.0
"""Contours against OpenCV, on photographs, layouts, noise and small masks."""
import os
import pathlib

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoin
from arrays import images

cv2 = pytest.importorskip("cv2")

MODES = {"external": cv2.RETR_EXTERNAL, "list": cv2.RETR_LIST, "two_level": cv2.RETR_CCOMP, "tree": cv2.RETR_TREE}
POINTS = {"all": cv2.CHAIN_APPROX_NONE, "corners": cv2.CHAIN_APPROX_SIMPLE}


def check(mask):
    for mode in MODES:
        for points in POINTS:
            theirs, hierarchy = cv2.findContours(mask.astype(numpy.uint8), MODES[mode], POINTS[points])
            ours = quoin.contours(mask, mode=mode, points=points)
            assert len(ours) == len(theirs)
            if len(ours) == 0:
                continue
            assert [len(c) for c in ours] == [len(c) for c in theirs]
            assert numpy.array_equal(ours.points, numpy.concatenate(theirs)[:, 0])
            assert numpy.array_equal(ours.hierarchy, hierarchy[0])
            if mode != "external":
                assert numpy.array_equal(quoin.contour_mask(theirs, mask.shape), mask != 0)


def photographs():
    folder = pathlib.Path(os.environ.get("QUOIN_DATA", "")) / "photos"
    return [cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in sorted(folder.glob("*.*g"))] if folder.is_dir() else []


PHOTOGRAPHS = photographs()


@pytest.mark.parametrize("number", range(len(PHOTOGRAPHS)))
def test_contours_of_photographs_are_those_of_opencv(number):
    image = PHOTOGRAPHS[number]
    check(image > image.mean())
    check(cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 11, 2))


def test_contours_of_a_layout_are_those_of_opencv():
    random = numpy.random.default_rng(21)
    mask = numpy.zeros((500, 700), bool)
    for _ in range(150):
        x, y, width, height = random.integers(0, (690, 490, 90, 60))
        mask[y : y + height + 1, x : x + width + 1] ^= True
    check(mask)


def test_contours_of_noise_are_those_of_opencv():
    random = numpy.random.default_rng(22)
    for density in (0.1, 0.4, 0.5, 0.6, 0.9):
        check(random.random((131, 257)) < density)


@given(images(types=("uint8", "uint16"), channels=(0,)), st.sampled_from([0, 60, 128, 250]))
def test_contours_of_any_mask_are_those_of_opencv(a, level):
    check(a > level)


def test_what_is_refused():
    mask = numpy.zeros((9, 9), bool)
    with pytest.raises(ValueError, match="no mode 'all'; give external, list, two_level or tree"):
        quoin.contours(mask, mode="all")
    with pytest.raises(ValueError, match="no points 'some'; give all or corners"):
        quoin.contours(mask, points="some")
    with pytest.raises(ValueError, match=r"\(height, width\) of bool or uint8"):
        quoin.contours(numpy.zeros((9, 9), numpy.float32))
    with pytest.raises(ValueError, match=r"the point \(9, 1\) is outside of 9 x 9 pixels"):
        quoin.contour_mask([[[9, 1]]], (9, 9))
    with pytest.raises(ValueError, match=r"\(1099511627776, 1\) is outside"):
        quoin.contour_mask([numpy.array([[2**40, 1]])], (9, 9))
    with pytest.raises(ValueError, match="type float64; give"):
        quoin.contour_mask([[[1.5, 1]]], (9, 9))
    with pytest.raises(IndexError):
        quoin.contours(mask)[0]
