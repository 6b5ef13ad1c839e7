# SPDX-License-Identifier: BSL-1.0
"""Measures of polygons: of contours, or of any (n, 2) of whole numbers, x and y of each point; or (n, 1, 2), as
OpenCV's."""
import numpy

from . import _quoin


def _points(name, points):
    array = numpy.asarray(points)
    if array.size == 0:
        return numpy.empty((0, 2), numpy.int64)
    if array.dtype.kind not in "iu" or array.shape[-1] != 2 or array.size != 2 * len(array):
        raise ValueError(f"quoin.{name}: points of shape {array.shape} and type {array.dtype}; give (n, 2) of whole numbers")
    return numpy.ascontiguousarray(array.reshape(-1, 2), numpy.int64)


def signed_area(polygon):
    """The area inside a closed polygon: positive for contours of components, and negative for those of holes."""
    return _quoin.signed_area(_points("signed_area", polygon))


def arc_length(points, *, closed=True):
    """The sum of the distances from point to point, and back to the first one if the polygon is closed."""
    return _quoin.arc_length(_points("arc_length", points), closed)


def bounding_box(points):
    """x, y, width and height of the smallest rectangle of pixels with all points."""
    return _quoin.bounding_box(_points("bounding_box", points))


def is_convex(polygon):
    """Whether a closed polygon goes once around a convex area."""
    return _quoin.is_convex(_points("is_convex", polygon))


def polygon_moments(polygon):
    """The integrals m00 to m03 of x^p y^q over the inside of a polygon, with the sign of signed_area()."""
    return _quoin.polygon_moments(_points("polygon_moments", polygon))


def hull_polygon(points):
    """The corners of the convex hull of points, in the direction of contours, the first point in raster order first."""
    return _quoin.hull_polygon(_points("hull_polygon", points))


def smallest_box(points):
    """The turned rectangle of least area around points: x and y of its center, width, height, and the angle of the
    width in radians."""
    return _quoin.smallest_box(_points("smallest_box", points))


def smallest_circle(points):
    """x and y of the center and the radius of the smallest circle around points."""
    return _quoin.smallest_circle(_points("smallest_circle", points))


def simplify(points, tolerance, *, closed=True):
    """Fewer of the points, those of cv2.approxPolyDP."""
    return _quoin.simplify(_points("simplify", points), tolerance, closed)


def locate(polygon, x, y):
    """Where a point lies in a closed polygon: "inside", "on_edge" or "outside"."""
    return _quoin.locate(_points("locate", polygon), x, y)


def signed_distance(polygon, x, y):
    """The distance from a point to the nearest side of a polygon: positive inside, negative outside."""
    return _quoin.signed_distance(_points("signed_distance", polygon), x, y)
