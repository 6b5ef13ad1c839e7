# SPDX-License-Identifier: BSL-1.0
"""The borders of masks as lists of points."""
from collections.abc import Sequence
from typing import Any

import numpy

from . import _quoin
from ._arrays import points_of
from ._policy import chosen


class Contours(Sequence):
    """Borders of components and holes, in the order of cv2.findContours: element k is an array (n, 2) of int32, x and y
    of each point."""

    points: numpy.ndarray
    """(n, 2): those of all borders, one border after the other"""
    hierarchy: numpy.ndarray
    """(len, 4): the next and the previous border with the same parent, the first child, and the parent, or -1"""
    hole: numpy.ndarray
    """(len,) of bool: whether it is the border of a hole"""

    def __init__(self, points: numpy.ndarray, first: numpy.ndarray, hierarchy: numpy.ndarray, hole: numpy.ndarray) -> None:
        self.points, self._first, self.hierarchy, self.hole = points, first, hierarchy, hole.view(bool)

    def __len__(self) -> int:
        return len(self.hole)

    def __getitem__(self, k: Any) -> Any:
        if isinstance(k, slice):
            return [self[i] for i in range(*k.indices(len(self)))]
        k = range(len(self))[k]
        return self.points[self._first[k] : self._first[k + 1]]


def contours(mask: Any, *, mode: str = "tree", points: str = "corners", policy: str | None = None,
             threads: int | None = None) -> Contours:
    """The borders of the 8-connected components of a mask and of their holes. Those, their points and their order are
    the ones of cv2.findContours.

    mask     (height, width) of bool, or of uint8, where all but 0 is set
    mode     "external" (those of components that lie in no hole), "list" (all, without parents), "two_level" (the
             parents of holes alone) or "tree" (all parents): cv2.RETR_EXTERNAL, RETR_LIST, RETR_CCOMP, RETR_TREE
    points   "corners" or "all": cv2.CHAIN_APPROX_SIMPLE, CHAIN_APPROX_NONE
    """
    return Contours(**_quoin.contours(mask, mode=mode, points=points, **chosen(policy, threads)))


def contour_mask(contours: Any, shape: tuple[int, int], *, policy: str | None = None,
                 threads: int | None = None) -> numpy.ndarray:
    """The mask of bool and of this shape (height, width) whose borders are the contours, any list of those that
    contours() or cv2.findContours give."""
    contours = [points_of("contour_mask", c) for c in contours]
    points = numpy.concatenate([numpy.empty((0, 2), numpy.int64), *contours])
    counts = numpy.array([len(c) for c in contours], numpy.int64)
    return _quoin.contour_mask(points, counts, *shape, **chosen(policy, threads)).view(bool)
