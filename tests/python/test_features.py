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


def gaussian(sigma):
    """The samples of SciPy, and their second derivative."""
    radius = int(4 * sigma + 0.5)
    i = numpy.arange(-radius, radius + 1)
    g = numpy.exp(-0.5 * i**2 / sigma**2)
    g /= g.sum()
    return g, g * (i**2 / sigma**4 - 1 / sigma**2)


def sums(image, along, down, mode):
    """The correlation with down times along, in double."""
    rx, ry = len(along) // 2, len(down) // 2
    around = numpy.pad(image.astype(numpy.float64), ((ry, ry), (rx, rx)), mode=mode)
    columns = numpy.lib.stride_tricks.sliding_window_view(around, len(down), 0) @ down
    return numpy.lib.stride_tricks.sliding_window_view(columns, len(along), 1) @ along


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_differences_of_blurs_are_those_of_scipy(number):
    image = PICTURES[number]
    for kind in ("uint8", "float32"):
        pixels = image.astype(kind)
        for sigma in (0.7, 2.3):
            g, bent = gaussian(sigma)
            theirs = sums(image, bent, g, "symmetric") + sums(image, g, bent, "symmetric")
            ours = quoin.run(quoin.extend("reflect") | quoin.laplacian_of_gaussian(sigma), pixels)
            assert ours.dtype == numpy.float32
            numpy.testing.assert_allclose(ours, theirs, rtol=0, atol=255e-6)
            h, _ = gaussian(1.6 * sigma)
            theirs = sums(image, g, g, "edge") - sums(image, h, h, "edge")
            ours = quoin.run(quoin.extend("replicate") | quoin.difference_of_gaussians(sigma, 1.6 * sigma), pixels)
            numpy.testing.assert_allclose(ours, theirs, rtol=0, atol=255e-6)


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_angles_of_gradients_are_those_of_numpy(number):
    for image in (PICTURES[number], PICTURES[number].astype(numpy.float32)):
        x, y = (quoin.run(name, image).astype(numpy.float64) for name in ("sobel_x", "sobel_y"))
        ours = quoin.run("sobel_angle", image)
        assert ours.dtype == numpy.float32
        numpy.testing.assert_allclose(ours, numpy.arctan2(y, x), rtol=0, atol=4e-7)


def circle(image, points, radius):
    """Whether each point is at least as bright as the middle, in whole numbers; 0 around the image."""
    reach = int(numpy.ceil(radius)) + 1
    around = numpy.pad(image.astype(numpy.int64), reach)
    height, width = image.shape
    for p in range(points):
        angle = 2 * numpy.pi * p / points
        x, y = round(1e5 * radius * numpy.cos(angle)), round(-1e5 * radius * numpy.sin(angle))
        (px, fx), (py, fy) = divmod(x, 100000), divmod(y, 100000)
        total = -(10**10) * image.astype(numpy.int64)
        for j, down in ((0, 100000 - fy), (1, fy)):
            for i, along in ((0, 100000 - fx), (1, fx)):
                total += along * down * around[reach + py + j :, reach + px + i :][:height, :width]
        yield total >= 0


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_patterns_are_those_of_their_definition(number):
    image = PICTURES[number]
    for pixels in (image, 257 * image.astype(numpy.uint16)):
        for radius in (1, 2.5):
            bits = list(circle(pixels, 8, radius))
            plain = sum(b.astype(int) << p for p, b in enumerate(bits))
            turns = [sum(b.astype(int) << (p + turn) % 8 for p, b in enumerate(bits)) for turn in range(8)]
            changes = sum((a != b).astype(int) for a, b in zip(bits, bits[1:]))
            codes = {"default": plain, "ror": numpy.min(turns, axis=0), "uniform": numpy.where(changes > 2, 9, sum(b.astype(int) for b in bits))}
            for code, wanted in codes.items():
                chain = quoin.extend("constant", 0) | quoin.local_binary_pattern(code, radius)
                numpy.testing.assert_array_equal(quoin.run(chain, pixels), wanted)


def histograms(image, orientations, cell, block):
    """hog by NumPy, with the norm l2: of angles in double."""
    v = image.astype(numpy.float64)
    gx, gy = numpy.zeros_like(v), numpy.zeros_like(v)
    gx[:, 1:-1], gy[1:-1] = v[:, 2:] - v[:, :-2], v[2:] - v[:-2]
    bins = numpy.floor(numpy.rad2deg(numpy.arctan2(gy, gx)) % 180 * orientations / 180).astype(int) % orientations
    down, across = v.shape[0] // cell[1], v.shape[1] // cell[0]
    cells = numpy.zeros((down, across, orientations))
    y, x = numpy.mgrid[: down * cell[1], : across * cell[0]]
    numpy.add.at(cells, (y // cell[1], x // cell[0], bins[y, x]), numpy.hypot(gx, gy)[y, x] / (cell[0] * cell[1]))
    blocks = numpy.lib.stride_tricks.sliding_window_view(cells, block[::-1], (0, 1)).transpose(0, 1, 3, 4, 2)
    return blocks / numpy.sqrt((blocks**2).sum((2, 3, 4), keepdims=True) + 1e-10)


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_histograms_of_gradients_are_those_of_their_definition(number):
    for image in (PICTURES[number], PICTURES[number].astype(numpy.float32)):
        for orientations, cell, block in ((9, (3, 2), (2, 3)), (8, (7, 7), (1, 1))):
            ours = quoin.hog(image, orientations, cell=cell, block=block, norm="l2")
            numpy.testing.assert_allclose(ours, histograms(image, orientations, cell, block), rtol=0, atol=1e-6)
    with pytest.raises(ValueError, match="there is no norm 'l3'"):
        quoin.hog(PICTURES[number], norm="l3")


@pytest.mark.parametrize("shape", [(64, 48), (33, 70), (97, 30)])
def test_shifts_are_those_of_numpy_and_opencv(shape):
    random = numpy.random.default_rng(3)
    for kind in ("uint8", "uint16", "float32"):
        image = random.integers(0, 255, shape).astype(kind)
        for dx, dy in ((0, 0), (5, -3), (-8, 11)):
            moved = numpy.roll(image, (dy, dx), (0, 1))
            for parts in (1, 10):
                x, y, peak = quoin.phase_correlation(image, moved, parts=parts)
                assert (x, y) == (-dx, -dy) and peak == pytest.approx(1)
            (x, y), _ = cv2.phaseCorrelate(image.astype(numpy.float64), moved.astype(numpy.float64))
            if shape == (64, 48):  # OpenCV fills other sides up with zeros
                assert (x, y) == pytest.approx((dx, dy), abs=0.2)
    with pytest.raises(ValueError, match="of the same type and channels"):
        quoin.phase_correlation(image, image.astype(numpy.uint8))


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


METHODS = {
    "squared_differences": cv2.TM_SQDIFF,
    "correlation": cv2.TM_CCORR_NORMED,
    "zero_mean_correlation": cv2.TM_CCOEFF_NORMED,
}


@pytest.mark.parametrize("number", range(len(PICTURES)))
@pytest.mark.parametrize("method", METHODS)
def test_matches_are_those_of_opencv(number, method):
    image = PICTURES[number][:300, :400]
    for width, height in ((5, 3), (7, 7), (33, 20)):
        if width > image.shape[1] or height > image.shape[0]:
            continue
        x, y = (image.shape[1] - width) // 2, (image.shape[0] - height) // 3
        template = image[y : y + height, x : x + width]
        ours = quoin.match_template(image, template, method)
        assert ours[y, x] == (method != "squared_differences") or not template.std()
        # Exact sums for some rows.
        windows = numpy.lib.stride_tricks.sliding_window_view(image.astype(numpy.int64), template.shape)[::9]
        values, n = template.astype(numpy.int64), template.size
        products, sums, squares = (windows * values).sum((2, 3)), windows.sum((2, 3)), (windows**2).sum((2, 3))
        if method == "squared_differences":
            expected = squares - 2 * products + (values**2).sum()
        elif method == "correlation":
            expected = products / numpy.maximum(numpy.sqrt(squares * float((values**2).sum())), 1e-9)
        else:
            deviations = (n * squares - sums**2) * float(n * (values**2).sum() - values.sum() ** 2)
            expected = (n * products - sums * values.sum()) / numpy.maximum(numpy.sqrt(deviations), 1e-9)
        numpy.testing.assert_allclose(ours[::9], expected, rtol=1e-7)
        # OpenCV's sums are in float, so it is off where there is little contrast, and it has 1 for flat templates.
        if template.std() > 2:
            theirs = cv2.matchTemplate(image, template, METHODS[method])[::9]
            varied = windows.std((2, 3)) > 2
            numpy.testing.assert_allclose(ours[::9][varied], theirs[varied], rtol=1e-4, atol=5e-3 if expected.max() < 2 else 8)


@pytest.mark.parametrize("method", METHODS)
def test_masks_are_those_of_opencv(method):
    random = numpy.random.default_rng(8)
    image = random.integers(0, 256, (60, 90), dtype=numpy.uint8)
    template, mask = image[20:31, 30:47], random.integers(0, 2, (11, 17)).astype(bool)
    theirs = cv2.matchTemplate(image, template, METHODS[method], mask=mask.astype(numpy.uint8))
    ours = quoin.match_template(image, template, method, mask=mask)
    numpy.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)
    with pytest.raises(ValueError, match="a mask of 17 x 11 zeros"):
        quoin.match_template(image, template, method, mask=mask & False)


def test_best_match_is_where_the_template_is():
    image = numpy.random.default_rng(3).integers(0, 65536, (90, 120), dtype=numpy.uint16)
    x, y, score = quoin.best_match(quoin.match_template(image, image[40:52, 33:60]))
    assert abs(x - 33) < 0.5 and abs(y - 40) < 0.5 and score == 1
    x, y, score = quoin.best_match(quoin.match_template(image, image[40:52, 33:60], "squared_differences"), least=True)
    assert abs(x - 33) < 0.5 and abs(y - 40) < 0.5 and score == 0


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_hough_lines_are_those_of_opencv(number):
    mask = cv2.Canny(PICTURES[number], 100, 200)
    height, width = mask.shape
    # Ranges of theta for which all versions of OpenCV have as many thetas.
    for rho, theta, threshold, least, most in (
        (1, numpy.pi / 180, 2, 0, numpy.pi), (1, numpy.pi / 180, 60, 0, numpy.pi), (0.5, 0.01, 30, 0.3, 1.907),
        (2.5, 0.03, 40, -1, 1.515), (width + height, 0.2, 5, 0, numpy.pi),
    ):  # fmt: skip
        ours = quoin.hough_lines(mask, threshold, rho=rho, theta=theta, least_theta=least, most_theta=most)
        theirs = cv2.HoughLinesWithAccumulator(mask, rho, theta, threshold, min_theta=least, max_theta=most)
        theirs = numpy.empty((0, 3)) if theirs is None else theirs[:, 0]
        assert ours.tolist() == theirs.tolist()
        assert quoin.hough_lines(mask, threshold, rho=rho, theta=theta, least_theta=least, most_theta=most, most=3).tolist() == ours[:3].tolist() or not len(ours)


def bits(descriptors):
    return numpy.unpackbits(descriptors, axis=-1).astype(int)


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_orb_is_that_of_opencv(number):
    image = PICTURES[number]
    for most, scale, levels, edge, threshold in ((500, 1.2, 8, 31, 20), (2000, 1.2, 8, 31, 10), (90, 1.5, 3, 22, 5)):
        theirs, descriptors = cv2.ORB_create(most, scale, levels, edge, fastThreshold=threshold).detectAndCompute(image, None)
        ours = quoin.orb(image, most=most, scale=scale, levels=levels, edge=edge, threshold=threshold)
        assert len(ours) == len(theirs)
        if not theirs:
            continue
        order = sorted(range(len(theirs)), key=lambda i: (theirs[i].octave, theirs[i].pt[1], theirs[i].pt[0]))
        theirs = [theirs[i] for i in order]
        assert ours.points.tolist() == [[*k.pt] for k in theirs]
        assert ours.level.tolist() == [k.octave for k in theirs]
        assert ours.size.tolist() == [numpy.float32(k.size) for k in theirs]
        numpy.testing.assert_allclose(ours.score, [k.response for k in theirs], rtol=1e-3, atol=1e-9)
        numpy.testing.assert_allclose(ours.angle, [k.angle for k in theirs], rtol=0, atol=1e-3)
        differing = (bits(ours.descriptors) != bits(descriptors[order])).sum()
        assert differing <= 1 + 1e-4 * 256 * len(ours)


def test_turned_and_smaller_photographs_are_matched():
    for image in photographs():
        here = quoin.orb(image, most=1000)
        height, width = image.shape
        for turn in (cv2.getRotationMatrix2D((width / 2, height / 2), 37, 1), cv2.getRotationMatrix2D((width / 2, height / 2), -120, 0.7)):
            there = quoin.orb(cv2.warpAffine(image, turn, (width, height)), most=1000)
            first, second, distance = quoin.match_descriptors(here.descriptors, there.descriptors, ratio=0.75, cross_check=True)
            expected = here.points[first] @ turn[:, :2].T + turn[:, 2]
            good = numpy.hypot(*(expected - there.points[second]).T) < 2 + 1.2 ** numpy.maximum(here.level[first], there.level[second])
            assert len(first) > 40 and good.mean() > 0.85


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_nearest_descriptors_are_those_of_opencv(n, others, seed):
    random = numpy.random.default_rng(seed)
    for a, b, norm in (
        (random.integers(0, 2, (n, 32), numpy.uint8), random.integers(0, 2, (others, 32), numpy.uint8), cv2.NORM_HAMMING),
        (*(random.integers(0, 5, (k, 20)).astype(numpy.float32) for k in (n, others)), cv2.NORM_L2),
    ):
        indices, distances = quoin.nearest_descriptors(a, b)
        assert indices.shape == distances.shape == (n, 2)
        theirs = cv2.BFMatcher(norm).knnMatch(a, b, 2) if n and others else [()] * n
        for i, matches in enumerate(theirs):
            assert indices[i].tolist() == [*(m.trainIdx for m in matches), -1, -1][:2]
            assert distances[i].tolist() == [*(m.distance for m in matches), numpy.inf, numpy.inf][:2]
        first, second, distance = quoin.match_descriptors(a, b, cross_check=True)
        theirs = cv2.BFMatcher(norm, True).match(a, b) if n and others else ()
        assert list(zip(first, second, distance)) == [(m.queryIdx, m.trainIdx, m.distance) for m in theirs]


@given(images(types=("uint8", "uint16", "int16", "float32")))
def test_integral_images_are_cumulative_sums(a):
    for squares in (False, True):
        exact = a.dtype.kind != "f"
        terms = a.astype(object if exact else numpy.float64) ** (2 if squares else 1)
        sums = quoin.integral_image(a, squares=squares)
        expected = terms.cumsum(0).cumsum(1)
        assert sums.shape[:2] == (a.shape[0] + 1, a.shape[1] + 1) and not sums[0].any() and not sums[:, 0].any()
        found = sums[1:, 1:].reshape(a.shape)
        if exact:
            low, size = int(numpy.iinfo(sums.dtype).min), 2 ** (8 * sums.itemsize)
            assert [(int(v) - low) % size + low for v in expected.flat] == [int(v) for v in found.flat]
        else:
            numpy.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-9 * float(numpy.abs(terms).sum()))


def test_what_is_refused():
    with pytest.raises(ValueError, match="no method 'sum'"):
        quoin.match_template(numpy.zeros((9, 9), numpy.uint8), numpy.zeros((2, 2), numpy.uint8), "sum")
    with pytest.raises(ValueError, match="of 2 x 10 in an image of 9 x 9"):
        quoin.match_template(numpy.zeros((9, 9), numpy.uint8), numpy.zeros((10, 2), numpy.uint8))
    with pytest.raises(ValueError, match="the same type"):
        quoin.match_template(numpy.zeros((9, 9), numpy.uint8), numpy.zeros((2, 2), numpy.uint16))
    with pytest.raises(ValueError, match="one channel of uint8, uint16 or float32"):
        quoin.fast_corners(numpy.zeros((9, 9, 3), numpy.uint8))
    with pytest.raises(ValueError, match="arcs of 10 pixels"):
        quoin.fast_corners(numpy.zeros((9, 9), numpy.uint8), arc=10)
    with pytest.raises(ValueError, match="quality 2"):
        quoin.local_peaks(numpy.zeros((9, 9), numpy.uint8), quality=2)
    with pytest.raises(ValueError, match="one channel of uint8"):
        quoin.orb(numpy.zeros((9, 9), numpy.uint16))
    with pytest.raises(ValueError, match="21 pixels from the edges"):
        quoin.orb(numpy.zeros((9, 9), numpy.uint8), edge=21)
    with pytest.raises(ValueError, match=r"uint8 \(3, 31\) and uint8 \(3, 31\)"):
        quoin.match_descriptors(numpy.zeros((3, 31), numpy.uint8), numpy.zeros((3, 31), numpy.uint8))
    with pytest.raises(ValueError, match="descriptors of 5 and of 6 floats"):
        quoin.nearest_descriptors(numpy.zeros((3, 5), numpy.float32), numpy.zeros((3, 6), numpy.float32))
    with pytest.raises(ValueError, match="the ratio 2 is not in"):
        quoin.match_descriptors(numpy.zeros((3, 32), numpy.uint8), numpy.zeros((3, 32), numpy.uint8), ratio=2)
    with pytest.raises(ValueError, match="theta from 2 to 1"):
        quoin.hough_lines(numpy.zeros((9, 9), bool), least_theta=2, most_theta=1)
