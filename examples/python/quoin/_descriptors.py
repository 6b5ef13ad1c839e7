# SPDX-License-Identifier: BSL-1.0
"""Descriptors of points, and which belong together."""
from typing import Any

import numpy

from . import _quoin
from ._arrays import unmasked
from ._policy import chosen


class Orb:
    """What orb found: arrays with an element for each point, the points of level 0 first, each level in raster order."""

    points: numpy.ndarray
    """(n, 2) of float64: x and y"""
    score: numpy.ndarray
    """(n,) of float32: the Harris score"""
    angle: numpy.ndarray
    """(n,) of float32: in degrees, clockwise as the image is seen"""
    size: numpy.ndarray
    """(n,) of float32: the diameter of what is described, in pixels of the image"""
    level: numpy.ndarray
    """(n,) of int32"""
    descriptors: numpy.ndarray
    """(n, 32) of uint8"""

    def __init__(self, found: dict[str, numpy.ndarray]) -> None:
        vars(self).update(found)

    def __len__(self) -> int:
        return len(self.points)


def orb(image: Any, *, most: int = 500, scale: float = 1.2, levels: int = 8, edge: int = 31, threshold: float = 20,
        policy: str | None = None, threads: int | None = None) -> Orb:
    """The oriented FAST corners of a gray image of uint8 and their rotated BRIEF descriptors: the points, angles and
    descriptors of cv2.ORB_create(most, scale, levels, edge, fastThreshold=threshold), in an order of their own."""
    values = {"most": most, "scale": scale, "levels": levels, "edge": edge, "threshold": threshold}
    return Orb(_quoin.orb(image, **values, **chosen(policy, threads)))


def _lists(name, first, second):
    """Both as arrays of the same type."""
    lists = [unmasked(a, "the array of descriptors") for a in (first, second)]
    types = [a.dtype.name for a in lists]
    for a in lists:
        if types[0] != types[1] or types[0] not in ("uint8", "float32") or a.ndim != 2 or (types[0] == "uint8" and a.shape[1] != 32):
            raise ValueError(f"quoin.{name}: descriptors of {types[0]} {lists[0].shape} and {types[1]} {lists[1].shape}; "
                             "give two arrays (n, 32) of uint8, or two (n, length) of float32")
    return [numpy.ascontiguousarray(a) for a in lists]


def nearest_descriptors(first: Any, second: Any, *, policy: str | None = None,
                        threads: int | None = None) -> tuple[numpy.ndarray, numpy.ndarray]:
    """For each of the first descriptors the two nearest of the second ones: two arrays (n, 2) of their indices, -1 for
    none, and of their distances. Descriptors are (n, 32) of uint8, whose distance is the number of bits that differ, or
    (n, length) of float32, with the Euclidean distance: cv2.BFMatcher with NORM_HAMMING or NORM_L2."""
    return _quoin.nearest_descriptors(*_lists("nearest_descriptors", first, second), **chosen(policy, threads))


def match_descriptors(first: Any, second: Any, *, ratio: float = 1, cross_check: bool = False,
                      most_distance: float = numpy.inf, policy: str | None = None,
                      threads: int | None = None) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """Which descriptors belong together: three arrays of the indices in the first list, those in the second one, and
    the distances. Each of the first list is matched with its nearest; with a ratio below 1 only if the distance is
    below this share of that of the second nearest, with cross_check only if the first one is the nearest of the second
    one, too."""
    options = {"ratio": ratio, "cross_check": cross_check, "most_distance": most_distance}
    return _quoin.match_descriptors(*_lists("match_descriptors", first, second), **options, **chosen(policy, threads))
