# SPDX-License-Identifier: BSL-1.0
"""Lists of features against OpenCV and NumPy, on photographs and random images."""
import os
import pathlib

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoin
from arrays import images

cv2 = pytest.importorskip("cv2")


def photographs():
    folder = pathlib.Path(os.environ.get("QUOIN_DATA", "")) / "photos"
    return [cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in sorted(folder.glob("*.*g"))] if folder.is_dir() else []


def drawn():
    """Blocks with noise and specks, of odd sizes."""
    for seed, (height, width) in enumerate([(7, 7), (8, 61), (133, 201), (64, 9)]):
        random = numpy.random.default_rng(seed)
        y, x = numpy.mgrid[:height, :width]
        image = ((x // 11 + y // 8) % 2) * 120 + random.integers(0, 40, x.shape)
        image[random.random(x.shape) < 0.02] = 255
        yield image.astype(numpy.uint8)


PICTURES = [*photographs(), *drawn()]


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_fast_corners_are_those_of_opencv(number):
    image = PICTURES[number]
    for threshold in (1, 10, 40):
        for suppress in (True, False):
            theirs = cv2.FastFeatureDetector_create(threshold, suppress).detect(image)
            ours = quoin.fast_corners(image, threshold, suppress=suppress)
            assert ours.tolist() == [[*k.pt, k.response] for k in theirs] or not suppress
            assert ours[:, :2].tolist() == [[*k.pt] for k in theirs]


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_good_features_are_those_of_opencv(number):
    image = PICTURES[number]
    for quality, distance, most in ((0.01, 0, 500), (0.05, 7.5, 0), (0.2, 30, 20)):
        theirs = cv2.goodFeaturesToTrack(image, most, quality, distance, blockSize=3)
        theirs = [] if theirs is None else theirs[:, 0].tolist()
        ours = quoin.good_features(image, quality=quality, distance=distance, most=most)
        # Scores that differ by less than the rounding of OpenCV's floats may stand in another order.
        assert sorted(ours[:, :2].tolist()) == sorted(theirs)


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_scores_are_near_those_of_opencv(number):
    image = PICTURES[number]
    for side in (2, 3, 5):
        for ours, theirs in (
            (quoin.harris(side, 0.05), cv2.cornerHarris(image, side, 3, 0.05)),
            (quoin.shi_tomasi(side), cv2.cornerMinEigenVal(image, side, ksize=3)),
        ):
            numpy.testing.assert_allclose(quoin.run(ours, image), theirs, rtol=0, atol=1e-5 * abs(theirs).max())


@given(images(types=("uint8", "uint16", "float32"), channels=(0,)), st.floats(0, 1), st.integers(0, 9))
def test_local_peaks_are_maxima(a, quality, most):
    peaks = quoin.local_peaks(a, quality=quality, most=most)
    largest = numpy.nanmax(a.astype(numpy.float64))
    assert len(peaks) <= (most or a.size)
    assert (numpy.diff(peaks[:, 2]) <= 0).all()
    for x, y, score in peaks:
        x, y = int(x), int(y)
        around = a[y - 1 : y + 2, x - 1 : x + 2]
        assert around.shape == (3, 3) and numpy.nanmax(around) == a[y, x] == score
        assert score > numpy.float32(quality * largest) or score > quality * largest


def test_what_is_refused():
    with pytest.raises(ValueError, match="one channel of uint8, uint16 or float32"):
        quoin.fast_corners(numpy.zeros((9, 9, 3), numpy.uint8))
    with pytest.raises(ValueError, match="arcs of 10 pixels"):
        quoin.fast_corners(numpy.zeros((9, 9), numpy.uint8), arc=10)
    with pytest.raises(ValueError, match="quality 2"):
        quoin.local_peaks(numpy.zeros((9, 9), numpy.uint8), quality=2)
