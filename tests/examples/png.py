# SPDX-License-Identifier: BSL-1.0
"""PNG files as rows of numbers."""
import zlib


def read_png(path):
    """(width, height, channels, rows of samples) of a PNG of 8 or 16 bits that is not interlaced."""
    return decode_png(path.read_bytes())


def decode_png(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed = 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[at + 8 + length : at + 12 + length], "big")
        if kind == b"IHDR":
            width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
            depth, channels = body[8] // 8, {0: 1, 2: 3, 6: 4}[body[9]]
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    raw, step = zlib.decompress(packed), channels * depth
    stride, rows, above = width * step, [], bytes(width * step)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for i in range(stride):
            a, b = (line[i - step] if i >= step else 0), above[i]
            c = above[i - step] if i >= step else 0
            if kind == 4:
                p = a + b - c
                nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = (line[i] + [0, a, b, (a + b) // 2, nearest if kind == 4 else 0][kind]) & 255
        above = bytes(line)
        rows.append([int.from_bytes(line[i : i + depth], "big") for i in range(0, stride, depth)])
    return width, height, channels, rows
