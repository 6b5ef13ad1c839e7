# SPDX-License-Identifier: BSL-1.0
"""The arrays that quoin returns."""
import struct
import zlib

import numpy


class Image(numpy.ndarray):
    """An array that a notebook shows as a picture, if it is one of uint8 or uint16 with 1, 3 or 4 channels."""

    def _repr_png_(self):
        shape = self.shape
        if self.dtype not in (numpy.uint8, numpy.uint16) or self.ndim not in (2, 3) or 0 in shape:
            return None
        channels = shape[2] if self.ndim == 3 else 1
        kinds = {1: 0, 2: 4, 3: 2, 4: 6}
        if channels not in kinds:
            return None
        rows = numpy.ascontiguousarray(self.astype(self.dtype.newbyteorder(">")))
        rows = rows.reshape(shape[0], -1).view(numpy.uint8)
        filtered = numpy.zeros((shape[0], rows.shape[1] + 1), numpy.uint8)
        filtered[:, 1:] = rows

        def chunk(name, data):
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

        header = struct.pack(">IIBBBBB", shape[1], shape[0], 8 * self.dtype.itemsize, kinds[channels], 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(filtered.tobytes(), 1))
            + chunk(b"IEND", b"")
        )
