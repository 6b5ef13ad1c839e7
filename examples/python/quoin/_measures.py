# SPDX-License-Identifier: BSL-1.0
"""Statistics of images, and distances of two."""
import math
from typing import Any

import numpy

from . import _quoin
from ._arrays import as_array
from ._policy import chosen


def statistics(image: Any, *, policy: str | None = None, threads: int | None = None) -> dict[str, Any]:
    """Mean, std, min and max of each channel, and the histogram of uint8 and uint16, in one reading: a dict. Of color
    each is a list with one element a channel."""
    return _quoin.statistics(image, **chosen(policy, threads))


def integral_image(image: Any, *, squares: bool = False, policy: str | None = None,
                   threads: int | None = None) -> numpy.ndarray:
    """The sums of all pixels above and to the left, or of their squares, with a row and a column of zeros first. Of uint8
    uint32, of other integers uint64 or int64, of squares uint64, all modulo their range; of float32 float64."""
    return _quoin.integral_image(image, squares=squares, **chosen(policy, threads))


def mse(a: Any, b: Any, *, policy: str | None = None, threads: int | None = None) -> float:
    """The mean squared error of two images."""
    return _quoin.mse(a, b, **chosen(policy, threads))


def psnr(a: Any, b: Any, range: float | None = None, *, policy: str | None = None, threads: int | None = None) -> float:
    """The peak signal-to-noise ratio in decibels. `range` is the largest possible value less the smallest; that of the
    type without it, which float32 does not have."""
    if range is None:
        kind = as_array(a).dtype
        if kind.kind != "u":
            raise ValueError(f"quoin.psnr: {kind} has no largest value; give range=")
        range = numpy.iinfo(kind).max
    _check_range("psnr", range)
    error = mse(a, b, policy=policy, threads=threads)
    return math.inf if error == 0 else 10 * math.log10(range * range / error)


def ssim(a: Any, b: Any, range: float | None = None, *, window: str = "uniform", policy: str | None = None,
         threads: int | None = None) -> float:
    """The structural similarity; window is "uniform" (7 x 7, scikit-image's default) or "gaussian" (Wang's)."""
    if window not in ("uniform", "gaussian"):
        raise ValueError(f"quoin.ssim: there is no window {window!r}; give 'uniform' or 'gaussian'")
    if range is not None:
        _check_range("ssim", range)
    return _quoin.ssim(a, b, gaussian=window == "gaussian", range=range or 0, **chosen(policy, threads))


def _check_range(name, range):
    if not range > 0:
        raise ValueError(f"quoin.{name}: range is {range}; give the largest possible value less the smallest")
