# SPDX-License-Identifier: BSL-1.0
"""The letterbox of YOLO: where an image goes, and the steps around a resize of any library."""
import numpy


def letterbox(size, width, height, resize, pad=114):
    """The W x H pixels `size` in the middle of width x height, as large as they fit, and what a point is multiplied by
    and moved by: (x, y, left, top). resize((w, h)) returns the image at that size, of h x w x 3 bytes."""
    w, h = size
    r = min(width / w, height / h)
    to = round(w * r), round(h * r)
    dw, dh = (width - to[0]) / 2, (height - to[1]) / 2
    left, top = round(dw - 0.1), round(dh - 0.1)
    assert (left + to[0] + round(dw + 0.1), top + to[1] + round(dh + 0.1)) == (width, height)
    out = numpy.full((height, width, 3), pad, numpy.uint8)
    out[top : top + to[1], left : left + to[0]] = resize(to)
    return out, (to[0] / w, to[1] / h, left, top)
