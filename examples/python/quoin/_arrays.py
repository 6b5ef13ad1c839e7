# SPDX-License-Identifier: BSL-1.0
"""Arrays of other libraries as NumPy's."""
import numpy

from . import _quoin


def unmasked(value, what):
    """numpy.asarray of what is no masked array, whose mask would be lost."""
    _quoin.refuse_masked(value, what)
    return numpy.asarray(value)


def as_array(image):
    """An array of NumPy over the same memory where that can be, of what quoin reads."""
    if hasattr(image, "__dlpack__") and not hasattr(image, "__array__"):
        return numpy.from_dlpack(image)
    return unmasked(image, "the image")


def readable(image):
    """The array, or a copy that quoin can read: aligned, in the byte order of this machine; float32 of float64."""
    array = as_array(image)
    native = array.dtype.newbyteorder("=")
    return numpy.require(array, numpy.float32 if native == numpy.float64 else native, ["ALIGNED"])


def points_of(name, points):
    """(n, 2) of int64, of (n, 2) or OpenCV's (n, 1, 2) of whole numbers."""
    array = unmasked(points, "the array of points")
    if array.size == 0:
        return numpy.empty((0, 2), numpy.int64)
    if array.dtype.kind not in "iu" or array.shape[-1] != 2 or array.size != 2 * len(array):
        raise ValueError(f"quoin.{name}: points of shape {array.shape} and type {array.dtype}; give (n, 2) of whole numbers")
    return numpy.ascontiguousarray(array.reshape(-1, 2), numpy.int64)
