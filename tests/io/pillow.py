# SPDX-License-Identifier: BSL-1.0
"""Image files as Pillow writes and reads them, for tests/io/pillow.cpp.

pillow.py make DIR    writes files, and beside each NAME what it holds: NAME.raw, rgba of 8 bits (or NAME.raw16, gray)
pillow.py check DIR   reads files beside which such a NAME.raw or NAME.raw16 lies; exit status 1 where one differs
Exit status 77: there is no Pillow.
"""
import pathlib
import sys

try:
    from PIL import Image
except ImportError:
    sys.exit(77)


def raw(image):
    if image.mode.startswith("I"):
        wide = image.convert("I").tobytes()  # 32 bits, little endian here
        return "raw16", b"".join(wide[i : i + 2] for i in range(0, len(wide), 4))
    return "raw", image.convert("RGBA").tobytes()


def make(folder):
    color = Image.new("RGBA", (37, 23))
    color.putdata([(7 * x % 256, 11 * y % 256, x * y % 256, (x + 5 * y) % 256) for y in range(23) for x in range(37)])
    gray = color.convert("L")
    deep = gray.convert("I").point(lambda v: v * 251).convert("I;16")
    smooth = Image.linear_gradient("L").resize((37, 23))
    palette = color.convert("RGB").quantize(100)
    for name, image, options in [
        ("gray.png", gray, {}), ("gray-alpha.png", color.convert("LA"), {}), ("rgb.png", color.convert("RGB"), {}),
        ("rgba.png", color, {}), ("palette.png", palette, {}), ("palette-key.png", palette, {"transparency": 7}),
        ("palette16.png", color.convert("RGB").quantize(9), {"bits": 4}), ("bit.png", gray.convert("1"), {}),
        ("key.png", color.convert("RGB"), {"transparency": (0, 0, 0)}), ("deep.png", deep, {}),
        ("gray.bmp", gray, {}), ("rgb.bmp", color.convert("RGB"), {}), ("palette.bmp", palette, {}),
        ("bit.bmp", gray.convert("1"), {}), ("gray.tga", gray, {}), ("rgb.tga", color.convert("RGB"), {}),
        ("rgba.tga", color, {"compression": "tga_rle"}), ("palette.tga", palette, {}),
        ("gray.pgm", gray, {}), ("rgb.ppm", color.convert("RGB"), {}), ("bit.pbm", gray.convert("1"), {}),
        ("deep.pgm", deep.convert("I"), {}), ("gray.jpg", smooth, {"quality": 95}),
        ("rgb.jpg", smooth.convert("RGB"), {"quality": 95}), ("progressive.jpg", smooth, {"progressive": True}),
    ]:  # fmt: skip
        image.save(folder / name, **options)
        kind, pixels = raw(Image.open(folder / name))
        (folder / f"{name}.{kind}").write_bytes(pixels)


def check(folder):
    different = []
    for expected in [*folder.glob("*.raw"), *folder.glob("*.raw16")]:
        kind, pixels = raw(Image.open(expected.with_suffix("")))
        if "." + kind != expected.suffix or pixels != expected.read_bytes():
            different.append(expected.stem)
    if different:
        sys.exit("Pillow reads something else in " + ", ".join(different))


{"make": make, "check": check}[sys.argv[1]](pathlib.Path(sys.argv[2]))
