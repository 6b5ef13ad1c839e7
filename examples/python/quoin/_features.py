# SPDX-License-Identifier: BSL-1.0
"""Points of images that stand out. Each list is an array (n, 3) of float64: x, y and score."""
import math
from typing import Any

import numpy

from . import _quoin
from ._operations import catalogue, run
from ._policy import chosen


def fast_corners(image: Any, threshold: float = 10, *, arc: int = 9, suppress: bool = True, policy: str | None = None,
                 threads: int | None = None) -> numpy.ndarray:
    """The FAST corners of a gray image, in raster order: arcs of `arc` (9 or 12) of the 16 pixels of a circle that are
    all brighter or all darker than its center by more than the threshold. With `suppress` only those whose score is
    above that of all eight neighbors. Of uint8 cv2.FAST's."""
    return _quoin.fast_corners(image, threshold=threshold, arc=arc, suppress=suppress, **chosen(policy, threads))


def local_peaks(scores: Any, *, quality: float = 0.01, distance: float = 0, most: int = 0, policy: str | None = None,
                threads: int | None = None) -> numpy.ndarray:
    """The local maxima of an image of scores above `quality` times the largest one, the strongest first, none nearer
    than `distance` pixels to a stronger one; at most `most` of them, or all (0)."""
    return _quoin.local_peaks(scores, quality=quality, distance=distance, most=most, **chosen(policy, threads))


def good_features(image: Any, *, quality: float = 0.01, distance: float = 0, most: int = 0, policy: str | None = None,
                  threads: int | None = None) -> numpy.ndarray:
    """The corners of a gray image that are good to track, the strongest first: the local peaks of quoin.shi_tomasi(3),
    which are those of cv2.goodFeaturesToTrack."""
    scores = run(catalogue["shi_tomasi"](3), image, policy=policy, threads=threads)
    return local_peaks(scores, quality=quality, distance=distance, most=most, policy=policy, threads=threads)


NORMS = ("l1", "l1_sqrt", "l2", "l2_hys")


def hog(image: Any, orientations: int = 9, *, cell: tuple[int, int] = (8, 8), block: tuple[int, int] = (3, 3), norm: str = "l2_hys",
        policy: str | None = None, threads: int | None = None) -> numpy.ndarray:
    """The histograms of oriented gradients of a gray image: float32, (blocks down, blocks across, cells down, cells
    across, orientations). Cells are so many pixels across and down, blocks so many cells. Norms: l1, l1_sqrt, l2,
    l2_hys. The values of skimage.feature.hog(image, feature_vector=False), whose sides are down and across."""
    if norm not in NORMS:
        raise ValueError(f"quoin.hog: there is no norm {norm!r}; give one of {', '.join(NORMS)}")
    sides = {"cell_width": cell[0], "cell_height": cell[1], "block_width": block[0], "block_height": block[1]}
    return _quoin.hog(image, orientations=orientations, norm=NORMS.index(norm), **sides, **chosen(policy, threads))


def hough_lines(mask: Any, threshold: int = 100, *, rho: float = 1, theta: float = math.pi / 180, least_theta: float = 0,
                most_theta: float = math.pi, most: int = 0, policy: str | None = None,
                threads: int | None = None) -> numpy.ndarray:
    """The straight lines through more than `threshold` set pixels of a mask of bool or uint8, those with the most
    first: (n, 3) of float64, rho, theta and the votes. rho and theta are the steps, in pixels and radians; at most
    `most` lines, or all (0). The lines and the order of cv2.HoughLines."""
    values = {"rho": rho, "theta": theta, "threshold": threshold, "least_theta": least_theta, "most_theta": most_theta}
    return _quoin.hough_lines(mask, **values, most=most, **chosen(policy, threads))


METHODS = ("squared_differences", "correlation", "zero_mean_correlation")


def match_template(image: Any, template: Any, method: str = "zero_mean_correlation", *, mask: Any = None,
                   policy: str | None = None, threads: int | None = None) -> numpy.ndarray:
    """How well the template fits each place of an image of the same type and channels: float32, of the image's height and
    width less those of the template, plus 1. Methods: squared_differences, correlation, zero_mean_correlation, which
    are cv2's TM_SQDIFF, TM_CCORR_NORMED and TM_CCOEFF_NORMED from exact sums. Flat windows and templates: 0. With a
    mask, of the template's height and width, only the pixels where it is not 0 count."""
    if method not in METHODS:
        raise ValueError(f"quoin.match_template: there is no method {method!r}; give one of {', '.join(METHODS)}")
    return _quoin.match_template(image, template, mask, method=METHODS.index(method), **chosen(policy, threads))


def phase_correlation(reference: Any, moved: Any, *, parts: int = 1, policy: str | None = None,
                      threads: int | None = None) -> tuple[float, float, float]:
    """(x, y, peak): by how much a gray image must be moved to the right and down to lie on the reference, of the same
    extent and type, in multiples of 1 / parts of a pixel, and the height of the peak, 1 for a perfect fit. The shift of
    skimage.registration.phase_cross_correlation(reference, moved, upsample_factor=parts), x first."""
    return _quoin.phase_correlation(reference, moved, parts=parts, **chosen(policy, threads))


def best_match(scores: Any, *, least: bool = False) -> tuple[float, float, float]:
    """(x, y, score) of the greatest score of match_template, or with `least` of the least one, between pixels by a
    parabola."""
    return _quoin.best_match(scores, least=least)
