# SPDX-License-Identifier: BSL-1.0
"""The input of models."""
from collections.abc import Sequence
from typing import Any

import numpy

from . import _quoin
from ._policy import chosen


class Tensor:
    """Makes tensors of images by one specification, and keeps its tables and memory from call to call.

        make = quoin.Tensor(640, 640, fit="letterbox")
        values, places = make([frame])

    fit       "stretch", "letterbox" (YOLO), "crop" (torchvision's Resize(shorter_side) and CenterCrop) or "cover"
    values    a byte v becomes (v / 255 - mean) / std, or with a scale (v * scale - mean) / std; with
              steps="mean_first" (v - mean) / 255 / std, as OpenCV's blobFromImage
    type      "f32", "f16" or "bf16", whose bits are returned as uint16
    layout    "nchw" or "nhwc"; order is "rgb" or "bgr"
    """

    def __init__(self, width: int, height: int, *, fit: str = "stretch", shorter_side: int = 0,
                 kernel: str = "triangle", mode: str = "pillow", antialias: bool = True, scale: float | None = None,
                 mean: Sequence[float] = (0, 0, 0), std: Sequence[float] = (1, 1, 1), steps: str = "scale_first",
                 layout: str = "nchw", order: str = "rgb", pad: int = 114, type: str = "f32") -> None:
        self._maker = _quoin.Tensor(
            width, height, fit=fit, shorter_side=shorter_side, kernel=kernel, mode=mode, antialias=antialias,
            scale=scale, mean=list(mean), std=list(std), steps=steps, layout=layout, order=order, pad=pad, type=type)

    def __call__(self, images: Any, out: Any = None, *, policy: str | None = None,
                 threads: int | None = None) -> tuple[numpy.ndarray, numpy.ndarray]:
        """(values, places) of images of (height, width, 3) and uint8, of any sizes. `places` has a row (scale_x,
        scale_y, offset_x, offset_y) an image: a point at x of the image lies at x * scale_x + offset_x."""
        return self._maker.make(images, out, **chosen(policy, threads))


def to_tensor(images: Any, width: int, height: int, *, out: Any = None, policy: str | None = None,
              threads: int | None = None, **spec: Any) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Tensor(width, height, **spec)(images)"""
    return Tensor(width, height, **spec)(images, out, policy=policy, threads=threads)
