# SPDX-License-Identifier: BSL-1.0
"""Measures of polygons: of contours, or of any (n, 2) of whole numbers, x and y of each point; or (n, 1, 2), as
OpenCV's."""
from typing import Any

import numpy

from . import _quoin
from ._arrays import points_of


def signed_area(polygon: Any) -> float:
    """The area inside a closed polygon: positive for contours of components, and negative for those of holes."""
    return _quoin.signed_area(points_of("signed_area", polygon))


def arc_length(points: Any, *, closed: bool = True) -> float:
    """The sum of the distances from point to point, and back to the first one if the polygon is closed."""
    return _quoin.arc_length(points_of("arc_length", points), closed)


def bounding_box(points: Any) -> tuple[int, int, int, int]:
    """x, y, width and height of the smallest rectangle of pixels with all points."""
    return _quoin.bounding_box(points_of("bounding_box", points))


def is_convex(polygon: Any) -> bool:
    """Whether a closed polygon goes once around a convex area."""
    return _quoin.is_convex(points_of("is_convex", polygon))


def polygon_moments(polygon: Any) -> dict[str, float]:
    """The integrals m00 to m03 of x^p y^q over the inside of a polygon, with the sign of signed_area()."""
    return _quoin.polygon_moments(points_of("polygon_moments", polygon))


def hull_polygon(points: Any) -> numpy.ndarray:
    """The corners of the convex hull of points, in the direction of contours, the first point in raster order first."""
    return _quoin.hull_polygon(points_of("hull_polygon", points))


def smallest_box(points: Any) -> tuple[float, float, float, float, float]:
    """The turned rectangle of least area around points: x and y of its center, width, height, and the angle of the
    width in radians."""
    return _quoin.smallest_box(points_of("smallest_box", points))


def smallest_circle(points: Any) -> tuple[float, float, float]:
    """x and y of the center and the radius of the smallest circle around points."""
    return _quoin.smallest_circle(points_of("smallest_circle", points))


def simplify(points: Any, tolerance: float, *, closed: bool = True) -> numpy.ndarray:
    """Fewer of the points, those of cv2.approxPolyDP."""
    return _quoin.simplify(points_of("simplify", points), tolerance, closed)


def locate(polygon: Any, x: int, y: int) -> str:
    """Where a point lies in a closed polygon: "inside", "on_edge" or "outside"."""
    return _quoin.locate(points_of("locate", polygon), x, y)


def signed_distance(polygon: Any, x: int, y: int) -> float:
    """The distance from a point to the nearest side of a polygon: positive inside, negative outside."""
    return _quoin.signed_distance(points_of("signed_distance", polygon), x, y)
