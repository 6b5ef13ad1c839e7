# SPDX-License-Identifier: BSL-1.0
"""Image files."""
import os
from typing import Any

from . import _quoin
from ._image import Image


def read(path: str | bytes | os.PathLike, channels: int | None = None, *, stored: bool = False) -> Image:
    """The image of a PNG, JPEG, BMP, TGA, PNM, PFM or TIFF file.

    channels   1, 3 or 4; those of the file without it
    stored     rows and columns as in the file, whatever orientation its camera wrote
    """
    return _quoin.read(os.fsencode(path), channels or 0, stored).view(Image)


def write(path: str | bytes | os.PathLike, image: Any, *, quality: int = 95) -> None:
    """Writes an image in the format of the extension. The file appears completely or not at all."""
    _quoin.write(os.fsencode(path), image, quality)


def encode(image: Any, format: str = "png", *, quality: int = 95) -> bytes:
    """The bytes of the file that write() would make: png, jpeg, bmp, tga, pnm or pfm."""
    return _quoin.encode(image, format, quality)


def info(path: str | bytes | os.PathLike) -> dict[str, Any]:
    """Width, height, channels, bits, maxval, format, floating and orientation of a file, which is not decoded."""
    return _quoin.info(os.fsencode(path))
