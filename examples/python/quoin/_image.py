# SPDX-License-Identifier: BSL-1.0
"""The arrays that quoin returns."""
import numpy

from . import _quoin


class Image(numpy.ndarray):
    """An array that a notebook shows as a picture, if it is one of uint8 or uint16 with 1, 3 or 4 channels."""

    def _repr_png_(self) -> "bytes | None":
        shape = self.shape
        is_picture = len(shape) == 2 or (len(shape) == 3 and shape[2] in (1, 3, 4))
        if self.dtype not in (numpy.uint8, numpy.uint16) or not is_picture or 0 in shape:
            return None
        return _quoin.encode(self, "png", 95) if hasattr(_quoin, "encode") else None
