# SPDX-License-Identifier: BSL-1.0
"""Measures of polygons against OpenCV, on contours and random points."""
import math

import numpy
import pytest

import quoin

cv2 = pytest.importorskip("cv2")
# Before, approxPolyDP took the distance from the line, and not from its part between two points.
SIMPLIFIES_ALIKE = tuple(int(part) for part in cv2.__version__.split(".")[:2]) >= (4, 13)


def polygons():
    for seed in range(300):
        random = numpy.random.default_rng(seed)
        count = int(random.integers(1, 60))
        if seed % 3 == 0:
            yield random.integers(0, 40, (count, 2))
        elif seed % 3 == 1:
            yield numpy.cumsum(random.integers(-3, 4, (count, 2)), 0)
        else:
            blobs = cv2.GaussianBlur((random.random((60, 70)) * 255).astype(numpy.uint8), (0, 0), 2) > 128
            yield from quoin.contours(blobs, points="all")[:3]


def test_measures_are_those_of_opencv():
    for p in polygons():
        theirs = p.astype(numpy.int32)
        for closed in (True, False):
            assert quoin.arc_length(p, closed=closed) == pytest.approx(cv2.arcLength(theirs, closed), abs=1e-3)
            for tolerance in (0, 1, 2.5, 7):
                kept = cv2.approxPolyDP(theirs, tolerance, closed)[:, 0]
                assert not SIMPLIFIES_ALIKE or quoin.simplify(p, tolerance, closed=closed).tolist() == kept.tolist()
        assert quoin.signed_area(p) == pytest.approx(-cv2.contourArea(p.astype(numpy.float32), True), abs=1e-3)
        assert quoin.bounding_box(p) == tuple(cv2.boundingRect(theirs))
        hull = quoin.hull_polygon(p)
        assert sorted(hull.tolist()) == sorted(cv2.convexHull(theirs)[:, 0].tolist())
        assert len(hull) < 3 or quoin.is_convex(hull)
        width, height = quoin.smallest_box(p)[2:4]
        assert width * height == pytest.approx(math.prod(cv2.minAreaRect(theirs)[1]), rel=1e-4, abs=1e-3)
        assert quoin.smallest_circle(p)[2] == pytest.approx(cv2.minEnclosingCircle(theirs)[1], rel=1e-3, abs=1e-3)
        ours, moments = quoin.polygon_moments(p), cv2.moments(theirs)
        sign = -1 if ours["m00"] < 0 else 1
        for name, value in ours.items():
            assert ours["m00"] == 0 or sign * value == pytest.approx(moments[name], rel=1e-6, abs=1e-6)


def test_places_of_points_are_those_of_opencv():
    names = {1: "inside", 0: "on_edge", -1: "outside"}
    for p in polygons():
        theirs = p.astype(numpy.int32)
        for x, y in [tuple(p[0]), (0, 0), (20, 21), (33, 9), (-2, 5)]:
            x, y = int(x), int(y)
            assert quoin.locate(p, x, y) == names[cv2.pointPolygonTest(theirs, (x, y), False)]
            assert quoin.signed_distance(p, x, y) == pytest.approx(cv2.pointPolygonTest(theirs, (x, y), True))


def test_what_is_refused():
    for bad in (numpy.zeros((3, 2)), numpy.zeros((3, 3), int), numpy.zeros(4, int)):
        with pytest.raises(ValueError, match=r"quoin.signed_area: points of shape .*; give \(n, 2\) of whole numbers"):
            quoin.signed_area(bad)
    with pytest.raises(ValueError, match="the tolerance -1"):
        quoin.simplify([[0, 0]], -1)
    with pytest.raises(ValueError, match="2 points; give at least 3"):
        quoin.is_convex([[0, 0], [1, 1]])
    with pytest.raises(ValueError, match="0 points; give at least 1"):
        quoin.smallest_box([])
