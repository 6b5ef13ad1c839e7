# SPDX-License-Identifier: BSL-1.0
"""quoin-filters on the photographs, against OpenCV, Pillow and numpy: every operation of quoin-filters --list.

usage: filters.py FOLDER, the folder with quoin-filters (or the environment variable QUOIN_BIN names it).
The photographs lie in $QUOIN_DATA/photos. Exit status 77, with the reason, where something that is needed
is missing. An operation that has a call in OpenCV or Pillow by the list needs a row of that library here, or a
reason in WITHOUT.
"""
import json
import os
import subprocess
import sys
import tempfile


def skip(reason):
    print("SKIPPED: " + reason)
    sys.exit(77)


try:
    import cv2
    import numpy as np
    import PIL
    from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps
except ImportError as missing:
    skip(f"{missing}; install python3-opencv, python3-numpy and python3-pil")

folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("QUOIN_BIN", "")
program = os.path.join(folder, "quoin-filters")
if not os.access(program, os.X_OK):
    skip(f"there is no {program}")
photos = os.path.join(os.environ.get("QUOIN_DATA", ""), "photos")
names = [n for n in ("astronaut.png", "chelsea.png", "coffee.png") if os.path.exists(os.path.join(photos, n))]
if not os.environ.get("QUOIN_DATA") or not names:
    skip("QUOIN_DATA does not name a folder with photos/astronaut.png")

# Pillow-SIMD in Pillow's place: it resizes as the mode of that name does, and rounds kernels of its filters.
SIMD = ".post" in PIL.__version__

failures = 0
checks = 0


def check(what, ours, theirs, tolerance):
    """Every pixel within the tolerance; says how many differ at all."""
    global failures, checks
    checks += 1
    if ours.shape != theirs.shape:
        print(f"FAILED {what}: {ours.shape} instead of {theirs.shape}")
        failures += 1
        return
    distance = np.abs(ours.astype(np.int64) - theirs.astype(np.int64))
    worst, differing = int(distance.max()), float(np.mean(distance > 0)) * 100
    good = worst <= tolerance
    failures += not good
    print(f"{'ok    ' if good else 'FAILED'} {what}: at most {worst} apart"
          f" ({tolerance} allowed), {differing:.2f} % differ")


def half_up(values):
    """The rounding of quoin: floor(v + 1/2), saturated."""
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def inner(image, margin):
    return image[margin:-margin, margin:-margin] if margin else image


class Photo:
    """A photograph in the ways in which the libraries have it; ours(chain) is what quoin-filters makes of it."""

    def __init__(self, name, out):
        self.name, self.out = name, out
        self.path = os.path.join(photos, name)
        self.bgr = cv2.imread(self.path, cv2.IMREAD_COLOR)
        self.gray = cv2.cvtColor(self.bgr, cv2.COLOR_BGR2GRAY)
        self.exact = self.gray.astype(np.float64)
        self.pillow = Image.fromarray(self.gray)
        self.gx = cv2.Sobel(self.gray, cv2.CV_16S, 1, 0, ksize=3)
        self.gy = cv2.Sobel(self.gray, cv2.CV_16S, 0, 1, ksize=3)
        # With an alpha of every value, and much that is transparent or opaque.
        self.transparent = os.path.join(out, "transparent.png")
        alpha = np.clip(np.abs(self.gx.astype(np.int32)) * 2 - 40, 0, 255).astype(np.uint8)
        self.rgba = Image.fromarray(np.dstack([self.bgr[..., ::-1], alpha]), "RGBA")
        self.rgba.save(self.transparent)

    def ours(self, chain, channels):
        result = os.path.join(self.out, "result.png")
        path = self.transparent if channels == 4 else self.path
        subprocess.run([program, path, "--out", result, "--chain", chain], check=True, stdout=subprocess.DEVNULL)
        if channels == 4:
            return np.asarray(Image.open(result))
        return cv2.imread(result, cv2.IMREAD_COLOR if channels == 3 else cv2.IMREAD_GRAYSCALE)


# For each operation its rows: (library, chain, what that library makes, how far apart pixels may be, and the width of a
# margin that is left out where the library has another border). Color where the library's result is; four channels are
# of the photograph with alpha.


def extend(p):
    for border, flag in {
        "replicate": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT, "reflect_101": cv2.BORDER_REFLECT_101,
        "wrap": cv2.BORDER_WRAP, "constant:77": cv2.BORDER_CONSTANT,
    }.items():  # fmt: skip
        wide = cv2.copyMakeBorder(p.gray, 3, 3, 3, 3, flag, value=77)
        yield "OpenCV", f"gray,extend={border},gaussian5", inner(cv2.GaussianBlur(wide, (5, 5), 0), 3), 0


def gray(p):
    yield "OpenCV", "gray", p.gray, 0
    yield "Pillow", "gray", np.asarray(Image.open(p.path).convert("RGB").convert("L")), 1
    yield "numpy", "gray=601", weighted(p, (299, 587, 114)), 0
    yield "numpy", "gray=709", weighted(p, (2126, 7152, 722)), 0
    yield "numpy", "gray=average", weighted(p, (1, 1, 1)), 0
    yield "numpy", "gray=max", p.bgr.max(axis=2), 0


def weighted(p, weights):
    """Whole weights, rounded half up."""
    total = sum(weights)
    return ((p.bgr[..., ::-1].astype(np.int64) @ np.array(weights) * 2 + total) // (2 * total)).astype(np.uint8)


def color_matrix(p):
    rows = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [-0.272, 0.534, 0.131]])
    text = ":".join(str(v) for v in rows.flatten())
    # OpenCV has fewer bits in its factors; matrices are of BGR there.
    yield "OpenCV", f"color_matrix={text}", cv2.transform(p.bgr, rows[::-1, ::-1].copy()), 1
    wide = cv2.transform(p.bgr.astype(np.float64), rows[::-1, ::-1].copy())
    # Sums of thousandths are often a half, and factors of 21 bits are a little off.
    yield "OpenCV", f"color_matrix={text}", half_up(wide), 1
    matrix = np.hstack([rows, [[10], [-20], [30.5]]])
    theirs = np.asarray(Image.fromarray(p.bgr[..., ::-1]).convert("RGB", tuple(matrix.flatten())))[..., ::-1]
    yield "Pillow", f"color_matrix={text}:10:-20:30.5", theirs, 1


def rgb_to_hsv(p):
    hsv, full = cv2.cvtColor(p.bgr, cv2.COLOR_BGR2HSV), cv2.cvtColor(p.bgr, cv2.COLOR_BGR2HSV_FULL)
    yield "OpenCV", "rgb_to_hsv=opencv", hsv[..., ::-1], 0
    yield "OpenCV", "rgb_to_hsv=opencv_full", full[..., ::-1], 0


def rgb_to_ycbcr(p):
    ycrcb = cv2.cvtColor(p.bgr, cv2.COLOR_BGR2YCrCb)
    yield "OpenCV", "rgb_to_ycbcr=opencv", ycrcb[..., ::-1], 0
    yield "Pillow", "rgb_to_ycbcr", np.asarray(Image.fromarray(p.bgr[..., ::-1]).convert("YCbCr"))[..., ::-1], 1


def ycbcr_to_rgb(p):
    back = cv2.cvtColor(cv2.cvtColor(p.bgr, cv2.COLOR_BGR2YCrCb), cv2.COLOR_YCrCb2BGR)
    yield "OpenCV", "rgb_to_ycbcr=opencv,ycbcr_to_rgb=opencv", back, 0


def hsv_to_rgb(p):
    back = cv2.cvtColor(cv2.cvtColor(p.bgr, cv2.COLOR_BGR2HSV), cv2.COLOR_HSV2BGR)
    yield "OpenCV", "rgb_to_hsv=opencv,hsv_to_rgb", back, 1  # OpenCV rounds down


def rgb_to_hsl(p):
    # OpenCV rounds halves to even and has hues of a whole turn.
    for name, code, most in (("180", cv2.COLOR_BGR2HLS, 180), ("full", cv2.COLOR_BGR2HLS_FULL, 256)):
        h, l, s = cv2.split(cv2.cvtColor(p.bgr, code))
        ours = p.ours(f"rgb_to_hsl={name}", 3)[..., 2]
        h = np.where((ours == 0) & (h >= min(most, 255)), 0, h)
        yield "OpenCV", f"rgb_to_hsl={name}", np.dstack([l, s, h]), 1


def hsl_to_rgb(p):
    hsl = p.ours("rgb_to_hsl", 3)
    back = cv2.cvtColor(np.ascontiguousarray(hsl[..., [2, 0, 1]]), cv2.COLOR_HLS2BGR)
    yield "OpenCV", "rgb_to_hsl,hsl_to_rgb", back, 1


def light(stored):
    return np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)


def srgb_to_linear(p):
    yield "numpy", "srgb_to_linear", half_up(255 * light(p.bgr / 255)), 0


def linear_to_srgb(p):
    x = p.bgr / 255
    stored = np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)
    yield "numpy", "linear_to_srgb", half_up(255 * stored), 0


def rgb_to_lab(p):
    # OpenCV's tables are up to 2 off.
    yield "OpenCV", "rgb_to_lab", cv2.cvtColor(p.bgr, cv2.COLOR_BGR2Lab)[..., ::-1], 2


def lab_to_rgb(p):
    lab = np.asarray(p.ours("rgb_to_lab", 3))[..., ::-1]
    yield "OpenCV", "rgb_to_lab,lab_to_rgb", cv2.cvtColor(np.ascontiguousarray(lab), cv2.COLOR_Lab2BGR), 3


def rgb_to_luv(p):
    yield "OpenCV", "rgb_to_luv", cv2.cvtColor(p.bgr, cv2.COLOR_BGR2Luv)[..., ::-1], 1


def luv_to_rgb(p):
    luv = np.asarray(p.ours("rgb_to_luv", 3))[..., ::-1]
    yield "OpenCV", "rgb_to_luv,luv_to_rgb", cv2.cvtColor(np.ascontiguousarray(luv), cv2.COLOR_Luv2BGR), 2


def rgb_to_xyz(p):
    yield "OpenCV", "rgb_to_xyz=opencv", cv2.cvtColor(p.bgr, cv2.COLOR_BGR2XYZ)[..., ::-1], 0
    rows = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
    # Next to halves a value may be off.
    yield "numpy", "rgb_to_xyz", half_up(128 * light(p.bgr[..., ::-1] / 255) @ rows.T)[..., ::-1], 1


def xyz_to_rgb(p):
    back = cv2.cvtColor(cv2.cvtColor(p.bgr, cv2.COLOR_BGR2XYZ), cv2.COLOR_XYZ2BGR)
    yield "OpenCV", "rgb_to_xyz=opencv,xyz_to_rgb=opencv", back, 0


OKLAB = (
    np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
              [0.0883024619, 0.2817188376, 0.6299787005]]),
    np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
              [0.0259040371, 0.7827717662, -0.8086757660]]),
)  # fmt: skip


def oklab(bgr):
    lms, lab = OKLAB
    return (np.cbrt(light(bgr[..., ::-1] / 255) @ lms.T) @ lab.T * 255 + [0, 128, 128])[..., ::-1]


def rgb_to_oklab(p):
    # Next to halves a value may be off.
    yield "numpy", "rgb_to_oklab", half_up(oklab(p.bgr)), 1


def oklab_to_rgb(p):
    lms, lab = OKLAB
    cones = (p.ours("rgb_to_oklab", 3)[..., ::-1] - [0.0, 128, 128]) / 255 @ np.linalg.inv(lab).T
    x = np.clip(cones**3 @ np.linalg.inv(lms).T, 0, 1)
    stored = np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)
    yield "numpy", "rgb_to_oklab,oklab_to_rgb", half_up(255 * stored)[..., ::-1], 1


def swap_rb(p):
    yield "OpenCV", "swap_rb", cv2.cvtColor(p.bgr, cv2.COLOR_BGR2RGB), 0


def white_balance(p):
    gains = np.float64(np.float32([1.75, 0.9, 1.2]))
    yield "OpenCV", "white_balance=1.2:0.9:1.75", cv2.multiply(p.bgr, (*gains, 0)), 1
    yield "numpy", "white_balance=1.2:0.9:1.75", half_up(p.bgr * gains), 0


def colormap(p):
    for name in ("viridis", "magma", "inferno", "plasma", "turbo"):
        theirs = cv2.applyColorMap(p.gray, getattr(cv2, "COLORMAP_" + name.upper()))
        yield "OpenCV", f"gray,colormap={name}", theirs, 0


def bayer_to_rgb(p):
    # OpenCV copies the outermost pixels from those beside them.
    height, width = p.gray.shape
    inner = f"crop=1:1:{width - 2}:{height - 2}"
    for pattern in ("RGGB", "BGGR", "GRBG", "GBRG"):
        theirs = cv2.cvtColor(p.gray, getattr(cv2, f"COLOR_Bayer{BAYER[pattern]}2BGR"))
        yield "OpenCV", f"gray,bayer_to_rgb={pattern.lower()},{inner}", theirs[1:-1, 1:-1], 0


# OpenCV names a pattern by the second and third pixel of its second row.
BAYER = {"RGGB": "BG", "BGGR": "RG", "GRBG": "GB", "GBRG": "GR"}


def sobel_x(p):
    yield "OpenCV", "gray,sobel_x", half_up(np.abs(p.gx.astype(np.float64))), 0


def sobel_y(p):
    yield "OpenCV", "gray,sobel_y", half_up(np.abs(p.gy.astype(np.float64))), 0


def sobel_magnitude(p):
    x, y = p.gx.astype(np.float32), p.gy.astype(np.float32)
    yield "OpenCV", "gray,sobel_magnitude", half_up(cv2.magnitude(x, y).astype(np.float64)), 0


def length(x, y):
    """The root is exact where the sum of the squares of whole numbers has a whole one."""
    return np.sqrt(x * x + y * y)


def slopes(p, derivative, side):
    return (derivative(p.gray, cv2.CV_64F, *d, **side) for d in ((1, 0), (0, 1)))


def sobel(p):
    for k, divisor in ((3, 1), (5, 16), (7, 256)):
        yield "OpenCV", f"gray,sobel={k}", half_up(length(*slopes(p, cv2.Sobel, {"ksize": k})) / divisor), 0


def scharr_x(p):
    yield "OpenCV", "gray,scharr_x", half_up(np.abs(cv2.Scharr(p.gray, cv2.CV_64F, 1, 0))), 0


def scharr_y(p):
    yield "OpenCV", "gray,scharr_y", half_up(np.abs(cv2.Scharr(p.gray, cv2.CV_64F, 0, 1))), 0


def scharr(p):
    yield "OpenCV", "gray,scharr", half_up(length(*slopes(p, cv2.Scharr, {})) / 4), 0


def prewitt(p):
    wide = np.pad(p.exact, 1, mode="reflect")
    rows, columns = wide[:-2] + wide[1:-1] + wide[2:], wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    yield "numpy", "gray,prewitt", half_up(length(rows[:, 2:] - rows[:, :-2], columns[2:] - columns[:-2])), 0


def roberts(p):
    wide = np.pad(p.exact, ((0, 1), (0, 1)), mode="reflect")
    yield "numpy", "gray,roberts", half_up(length(wide[1:, 1:] - wide[:-1, :-1], wide[:-1, 1:] - wide[1:, :-1])), 0


def laplacian(p):
    for k in (1, 3, 5, 7):
        yield "OpenCV", f"gray,laplacian={k}", half_up(np.abs(cv2.Laplacian(p.gray, cv2.CV_16S, ksize=k).astype(np.float64))), 0


def canny(p):
    for k, scale in ((3, 1), (5, 12), (7, 160)):
        for norm in ("l1", "l2"):
            low, high = 40.5 * scale, 110 * scale
            edges = cv2.Canny(p.gray, low, high, apertureSize=k, L2gradient=norm == "l2")
            yield "OpenCV", f"gray,canny={low}:{high}:{k}:{norm}", edges, 0
    yield "OpenCV", "gray,canny=0:0", cv2.Canny(p.gray, 0, 0), 0
    for part in ("1x1", "1x40", "41x1", "2x2", "67x35"):
        width, height = map(int, part.split("x"))
        cut = np.ascontiguousarray(p.gray[90 : 90 + height, 80 : 80 + width])
        yield "OpenCV", f"gray,crop=80:90:{width}:{height},canny=20:60", cv2.Canny(cut, 20, 60), 0


def crop(p):
    yield "OpenCV", "gray,crop=10:20:200:100", p.gray[20:120, 10:210], 0
    yield "OpenCV", "crop=10:20:201:99", p.bgr[20:119, 10:211], 0
    yield "Pillow", "gray,crop=10:20:200:100", np.asarray(p.pillow.crop((10, 20, 210, 120))), 0


def resize(p):
    mode = ":pillow_simd" if SIMD else ""
    # Not where more than twice as many rows as columns go: before version 13 Pillow has another order there.
    for name in ("box", "hamming", "lanczos"):
        kernel = {"box": Image.BOX, "hamming": Image.HAMMING, "lanczos": Image.LANCZOS}[name]
        for w, h in ((200, 133), (97, 600), (700, 640)):
            chain = f"gray,resize={w}x{h}:{name}" + ("3" if name == "lanczos" else "") + mode
            yield "Pillow", chain, np.asarray(p.pillow.resize((w, h), kernel)), 0
    # In the last one centers lie between two pixels.
    part = p.pillow.crop((0, 0, 392, 260))
    for w, h in ((200, 133), (97, 600), (638, 390)):
        chain = f"gray,crop=0:0:392:260,resize={w}x{h}:nearest"
        yield "Pillow", chain, np.asarray(part.resize((w, h), Image.NEAREST)), 0
    color = Image.fromarray(p.bgr)
    yield "Pillow", f"resize=300x200:triangle{mode}", np.asarray(color.resize((300, 200), Image.BILINEAR)), 0
    yield "Pillow", f"resize=300x200:cubic{mode}", np.asarray(color.resize((300, 200), Image.BICUBIC)), 0
    yield "Pillow", "resize=211x200:cubic:accurate", np.asarray(color.resize((211, 200), Image.BICUBIC)), 9


def flip_x(p):
    yield "OpenCV", "flip_x", cv2.flip(p.bgr, 1), 0
    yield "Pillow", "gray,flip_x", np.asarray(p.pillow.transpose(Image.FLIP_LEFT_RIGHT)), 0


def flip_y(p):
    yield "OpenCV", "flip_y", cv2.flip(p.bgr, 0), 0
    yield "Pillow", "gray,flip_y", np.asarray(p.pillow.transpose(Image.FLIP_TOP_BOTTOM)), 0


def transpose(p):
    yield "OpenCV", "transpose", cv2.transpose(p.bgr), 0
    yield "Pillow", "gray,transpose", np.asarray(p.pillow.transpose(Image.TRANSPOSE)), 0


def rotate90(p):
    yield "OpenCV", "rotate90", cv2.rotate(p.bgr, cv2.ROTATE_90_CLOCKWISE), 0
    yield "Pillow", "gray,rotate90", np.asarray(p.pillow.transpose(Image.ROTATE_270)), 0


def rotate180(p):
    yield "OpenCV", "rotate180", cv2.rotate(p.bgr, cv2.ROTATE_180), 0
    yield "Pillow", "gray,rotate180", np.asarray(p.pillow.transpose(Image.ROTATE_180)), 0


def rotate270(p):
    yield "OpenCV", "rotate270", cv2.rotate(p.bgr, cv2.ROTATE_90_COUNTERCLOCKWISE), 0
    yield "Pillow", "gray,rotate270", np.asarray(p.pillow.transpose(Image.ROTATE_90)), 0


def resized(p, operation, sizes, flag, tolerance):
    for size in sizes:
        wide = cv2.resize(p.gray, size, interpolation=flag)
        yield "OpenCV", f"gray,{operation}={size[0]}x{size[1]}", wide, tolerance


def resize_area(p):
    yield from resized(p, "resize_area", ((224, 224), (100, 37), (256, 150)), cv2.INTER_AREA, 1)
    half = cv2.resize(p.bgr[:300, :300], (150, 100), interpolation=cv2.INTER_AREA)
    yield "OpenCV", "crop=0:0:300:300,resize_area=150x100", half, 1


def resize_linear(p):
    yield from resized(p, "resize_linear", ((224, 224), (601, 437), (1001, 150)), cv2.INTER_LINEAR, 1)
    yield "OpenCV", "resize_linear=601x437", cv2.resize(p.bgr, (601, 437), interpolation=cv2.INTER_LINEAR), 1


def resize_cubic(p):
    yield from resized(p, "resize_cubic", ((224, 224), (601, 437), (1001, 150)), cv2.INTER_CUBIC, 1)
    yield "OpenCV", "resize_cubic=601x437", cv2.resize(p.bgr, (601, 437), interpolation=cv2.INTER_CUBIC), 1


def pyramid(p, operation, theirs):
    yield "OpenCV", operation, theirs(p.bgr), 0
    for size in ((1, 1), (1, 2), (2, 3), (3, 1), (4, 5), (6, 2), (63, 65), (129, 64)):
        chain = f"gray,crop=20:30:{size[0]}:{size[1]},{operation}"
        yield "OpenCV", chain, theirs(np.ascontiguousarray(p.gray[30 : 30 + size[1], 20 : 20 + size[0]])), 0


def pyramid_down(p):
    yield from pyramid(p, "pyramid_down", cv2.pyrDown)


def pyramid_up(p):
    yield from pyramid(p, "pyramid_up", cv2.pyrUp)


def box(p):
    for side in (3, 5, 15):
        yield "OpenCV", f"gray,box={side}", cv2.blur(p.gray, (side, side)), 1
    for width, height in ((8, 8), (15, 4), (2, 31)):
        yield "OpenCV", f"gray,box={width}x{height}", cv2.blur(p.gray, (width, height)), 1
    blurred = p.pillow.filter(ImageFilter.BoxBlur(2))
    yield "Pillow", "gray,extend=replicate,box=5", np.asarray(blurred), 1


def guided_image(image, guide, radius, eps):
    """The formula, with OpenCV's means."""

    def mean(values):
        return cv2.boxFilter(values, cv2.CV_64F, (2 * radius + 1, 2 * radius + 1))

    image, guide = image.astype(np.float64), guide.astype(np.float64)
    m, n = mean(guide), mean(image)
    slope = (mean(guide * image) - m * n) / (mean(guide * guide) - m * m + eps)
    exact = mean(slope) * guide + mean(n - slope * m)
    return np.clip(np.floor(exact + 0.5), 0, 255).astype(np.uint8)


def guided(p):
    for radius, eps in ((1, 100), (8, 400), (30, 2000)):
        yield "OpenCV", f"gray,guided={radius}:{eps}", guided_image(p.gray, p.gray, radius, eps), 1


def guided_by(p):
    for radius, eps in ((1, 100), (8, 400), (30, 2000)):
        yield "OpenCV", f"gray,guided_by={radius}:{eps}{OTHER}", guided_image(*both(p), radius, eps), 1


def median(p):
    for side in (3, 5, 7, 15, 31):
        yield "OpenCV", f"gray,extend=replicate,median={side}", cv2.medianBlur(p.gray, side), 0
    yield "OpenCV", "extend=replicate,median=5", cv2.medianBlur(p.bgr, 5), 0
    yield "Pillow", "gray,extend=replicate,median=9", np.asarray(Image.fromarray(p.gray).filter(ImageFilter.MedianFilter(9))), 0


def percentile(p):
    for side, percent in ((3, 0), (5, 25), (7, 90), (9, 100)):
        rank = int(percent / 100 * (side * side - 1) + 0.5)
        chain = f"gray,extend=replicate,percentile={side}:{percent}"
        yield "Pillow", chain, np.asarray(Image.fromarray(p.gray).filter(ImageFilter.RankFilter(side, rank))), 0


def rank_end(name, pillow_rank, function):
    def rows(p):
        for side in (3, 9, 31):
            pillow = Image.fromarray(p.gray).filter(ImageFilter.RankFilter(side, pillow_rank(side)))
            yield "Pillow", f"gray,extend=replicate,{name}={side}", np.asarray(pillow), 0
        for width, height in ((4, 7), (15, 2)):
            borders = [(height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)]
            windows = np.lib.stride_tricks.sliding_window_view(np.pad(p.gray, borders, "reflect"), (height, width))
            yield "numpy", f"gray,{name}={width}x{height}", function(windows, axis=(2, 3)), 0

    rows.__name__ = name
    return rows


# Elements as text, and as the masks of OpenCV.
ROWS = "0110/1111/0011"
ELEMENTS = {
    "3": np.ones((3, 3), np.uint8),
    "15x9": np.ones((9, 15), np.uint8),
    **{f"ellipse:{k}": cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (k, k)) for k in (3, 7, 15, 31)},
    "ellipse:17x8": cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (17, 8)),
    "cross:5": cv2.getStructuringElement(cv2.MORPH_CROSS, (11, 11)),
    "line:7:45": np.eye(5, dtype=np.uint8)[::-1],
    ROWS: np.array([[int(pixel) for pixel in row] for row in ROWS.split("/")], np.uint8),
}


def erode(p):
    for text, element in (*ELEMENTS.items(), ("4x7", np.ones((7, 4), np.uint8))):
        yield "OpenCV", f"gray,erode={text}", cv2.erode(p.gray, element), 0
    yield "Pillow", "gray,erode=5x5", np.asarray(Image.fromarray(p.gray).filter(ImageFilter.MinFilter(5))), 0, 2


def dilate(p):
    for width, height in ((3, 3), (15, 15), (4, 7)):
        theirs = cv2.dilate(p.gray, np.ones((height, width), np.uint8), anchor=((width - 1) // 2, (height - 1) // 2))
        yield "OpenCV", f"gray,dilate={width}x{height}", theirs, 0
    for text, element in ELEMENTS.items():
        height, width = element.shape
        anchor = ((width - 1) // 2, (height - 1) // 2)
        yield "OpenCV", f"gray,dilate={text}", cv2.dilate(p.gray, element[::-1, ::-1].copy(), anchor=anchor), 0
    yield "Pillow", "gray,dilate=5x5", np.asarray(Image.fromarray(p.gray).filter(ImageFilter.MaxFilter(5))), 0, 2


def morphology(name, operation):
    def rows(p):
        for text, element in ELEMENTS.items():
            if np.array_equal(element, element[::-1, ::-1]):
                yield "OpenCV", f"gray,{name}={text}", cv2.morphologyEx(p.gray, operation, element), 0

    rows.__name__ = name
    return rows


def correlate(p):
    laplace = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    yield "OpenCV", "gray,correlate=0:-1:0/-1:5:-1/0:-1:0", cv2.filter2D(p.gray, -1, laplace), 0
    slanted = np.array([[3, 1, 0], [2, 4, -1], [0, 2, 5]])
    text = "/".join(":".join(map(str, row)) for row in slanted)
    yield "OpenCV", f"gray,correlate={text}@16", half_up(cv2.filter2D(p.exact, cv2.CV_64F, slanted / 16)), 0
    # Pillow's kernels stand on their heads.
    kernel = ImageFilter.Kernel((3, 3), slanted[::-1].flatten().tolist(), 16)
    yield "Pillow", f"gray,correlate={text}@16", np.asarray(p.pillow.filter(kernel)), int(SIMD), 1


def correlate_separable(p):
    row, column = np.array([-1, 0, 1, 2, 5]), np.array([1, 2, 1])
    text = "-1:0:1:2:5/1:2:1@28"
    exact = cv2.sepFilter2D(p.exact, cv2.CV_64F, row.astype(np.float64), column.astype(np.float64)) / 28
    yield "OpenCV", f"gray,correlate_separable={text}", half_up(exact), 0
    yield "OpenCV", "gray,correlate_separable=0:-1:0/1", half_up(-p.exact), 0


def convolve(p):
    slanted = np.array([[3, 1, 0], [2, 4, -1], [0, 2, 5]])
    text = "/".join(":".join(map(str, row)) for row in slanted)
    turned = slanted[::-1, ::-1] / 16
    yield "OpenCV", f"gray,convolve={text}@16", half_up(cv2.filter2D(p.exact, cv2.CV_64F, turned)), 0


def gaussian(p):
    for sigma in (0.8, 2.0):
        size = 2 * int(np.ceil(3 * sigma)) + 1
        blurred = cv2.GaussianBlur(p.exact, (size, size), sigma)
        yield "OpenCV", f"gray,gaussian={sigma}", half_up(blurred), 1
    for x, y in ((3.0, 1.0), (8.0, 8.0), (20.0, 7.0)):
        # 8 sigma, but not beyond what a mirror gives once.
        size = [2 * int(np.ceil((3 if max(x, y) <= 6 else 8) * s)) + 1 for s in (x, y)]
        if max(size) < min(p.exact.shape):
            blurred = cv2.GaussianBlur(p.exact, size, x, sigmaY=y)
            yield "OpenCV", f"gray,gaussian={x}:{y}", half_up(blurred), 1


def gaussian3(p):
    yield "OpenCV", "gray,gaussian3", cv2.GaussianBlur(p.gray, (3, 3), 0), 0
    yield "OpenCV", "gaussian3", cv2.GaussianBlur(p.bgr, (3, 3), 0), 0


def gaussian5(p):
    yield "OpenCV", "gray,gaussian5", cv2.GaussianBlur(p.gray, (5, 5), 0), 0


def sharpen(p):
    kernel = np.full((3, 3), -2 / 16)
    kernel[1, 1] = 2
    yield "OpenCV", "gray,sharpen", half_up(cv2.filter2D(p.exact, cv2.CV_64F, kernel)), 0
    yield "OpenCV", "gray,sharpen", cv2.filter2D(p.gray, -1, kernel), 1
    yield "Pillow", "gray,sharpen", np.asarray(p.pillow.filter(ImageFilter.SHARPEN)), int(SIMD), 1


def bilateral(p):
    # Where the real value is near a half, either neighbor of it.
    for side, color, space in ((3, 30, 1), (5, 25, 2), (9, 75, 75), (15, 40, 4)):
        chain = f"gray,bilateral={side}:{color}:{space}"
        yield "OpenCV", chain, cv2.bilateralFilter(p.gray, side, color, space, borderType=cv2.BORDER_REFLECT_101), 1
    yield "OpenCV", "bilateral=9:60:3", cv2.bilateralFilter(p.bgr, 9, 60, 3, borderType=cv2.BORDER_REFLECT_101), 1


def nl_means(p):
    for patch, search, h in ((7, 21, 8), (5, 11, 15), (3, 7, 25)):
        chain = f"gray,nl_means={patch}:{search}:{h}"
        yield "OpenCV", chain, cv2.fastNlMeansDenoising(p.gray, None, h, patch, search), 1
    yield "OpenCV", "nl_means=5:11:20", cv2.fastNlMeansDenoising(p.bgr, None, 20, 5, 11), 1


def unsharp(p):
    # Where the real value is near a half, either neighbor of it.
    for sigma, amount, threshold in ((0.8, 1.0, 0), (2.0, 1.5, 5), (4.0, 3.0, 0)):
        chain = f"gray,unsharp={sigma}:{amount}:{threshold}"
        size = 2 * int(np.ceil(3 * sigma)) + 1
        distance = p.exact - cv2.GaussianBlur(p.exact, (size, size), sigma)
        sharper, above = p.exact + amount * distance, np.abs(distance) > threshold
        # Where the distance is the threshold to as many digits as quoin states, the pixel or the sharper one.
        near = np.abs(np.abs(distance) - threshold) < 0.01
        other = half_up(np.where(above, p.exact, sharper)).astype(int)
        above ^= near & (np.abs(p.ours(chain, 1).astype(int) - other) <= 1)
        yield "numpy", chain, half_up(np.where(above, sharper, p.exact)), 1


def unsharp_pillow(p):
    for radius, percent, threshold in ((2, 150, 3), (0.7, 80, 0), (6.3, 300, 10)):
        sharp = p.pillow.filter(ImageFilter.UnsharpMask(radius, percent, threshold))
        chain = f"gray,extend=replicate,unsharp_pillow={radius}:{percent}:{threshold}"
        yield "Pillow", chain, np.asarray(sharp), 0


def absolute(p):
    yield "OpenCV", "gray,sobel_x,absolute", cv2.convertScaleAbs(p.gx), 0


# OpenCV rounds places to 1/32: by up to 1/64 along each axis, which is 255 / 64 of a value, twice, and the rounding.
OFF_GRID = 9
CENTER = "crop=100:100:250:90"


def center(image):
    return np.asarray(image)[100:190, 100:350]


def pad(p):
    wide = cv2.copyMakeBorder(p.bgr, 2, 9, 5, 0, cv2.BORDER_REFLECT_101)
    yield "OpenCV", "pad=5:2:0:9", wide, 0
    wide = cv2.copyMakeBorder(p.gray, 40, 0, 1, 300, cv2.BORDER_WRAP)
    yield "OpenCV", "gray,extend=wrap,pad=1:40:300:0", wide, 0
    wide = cv2.copyMakeBorder(p.gray, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=77)
    yield "OpenCV", "gray,extend=constant:77,pad=3:3:3:3", wide, 0
    wide = cv2.copyMakeBorder(p.bgr, 7, 300, 1, 0, cv2.BORDER_CONSTANT, value=(77, 77, 77))
    yield "OpenCV", "pad=1:7:0:300:constant:77", wide, 0
    wide = cv2.copyMakeBorder(p.bgr, 3, 3, 3, 3, cv2.BORDER_REFLECT)
    yield "OpenCV", "extend=wrap,pad=3:3:3:3:reflect", wide, 0
    yield "Pillow", "gray,extend=constant:77,pad=5:2:0:9", np.asarray(ImageOps.expand(p.pillow, (5, 2, 0, 9), 77)), 0


def warped(p, numbers, how, size=None):
    matrix = np.array(numbers, dtype=np.float64).reshape(2, 3)
    return cv2.warpAffine(p, matrix, size or (p.shape[1], p.shape[0]), flags=how | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REFLECT_101)


def warp_affine(p):
    on_grid, off_grid = [0.5, 0.25, 10.5, -0.25, 0.75, 140.25], [0.9, 0.3, -10.2, -0.3, 1.1, 77.7]
    texts = [":".join(map(str, numbers)) for numbers in (on_grid, off_grid)]
    yield "OpenCV", f"warp_affine={texts[0]}", warped(p.bgr, on_grid, cv2.INTER_LINEAR), 1
    yield "OpenCV", f"gray,warp_affine={texts[0]}:cubic", warped(p.gray, on_grid, cv2.INTER_CUBIC), 1
    yield "OpenCV", f"gray,warp_affine={texts[0]}:lanczos4", warped(p.gray, on_grid, cv2.INTER_LANCZOS4), 1
    yield "OpenCV", f"warp_affine={texts[0]}:lanczos4", warped(p.bgr, on_grid, cv2.INTER_LANCZOS4), 1
    yield "OpenCV", f"gray,warp_affine={texts[0]}:linear:300x99", warped(p.gray, on_grid, cv2.INTER_LINEAR, (300, 99)), 1
    yield "OpenCV", f"gray,warp_affine={texts[1]}", warped(p.gray, off_grid, cv2.INTER_LINEAR), OFF_GRID
    # The center of Pillow's pixels lies at a half, and it cuts fractions of values off.
    a, b, c, d, e, f = off_grid
    moved = (a, b, c + 0.5 - (a + b) / 2, d, e, f + 0.5 - (d + e) / 2)
    theirs = p.pillow.transform(p.pillow.size, Image.AFFINE, moved, Image.BILINEAR)
    yield "Pillow", f"gray,warp_affine={texts[1]},{CENTER}", center(theirs), 1


def warp_perspective(p):
    numbers = [0.9, 0.3, -10.2, -0.3, 1.1, 77.7, 0.0002, 0.0001, 1.0]
    text = ":".join(map(str, numbers))
    theirs = cv2.warpPerspective(p.gray, np.array(numbers).reshape(3, 3), (p.gray.shape[1], p.gray.shape[0]),
                                 flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT_101)
    yield "OpenCV", f"gray,warp_perspective={text}", theirs, OFF_GRID
    to_centers = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    moved = to_centers @ np.array(numbers).reshape(3, 3) @ np.linalg.inv(to_centers)
    theirs = p.pillow.transform(p.pillow.size, Image.PERSPECTIVE, (moved / moved[2, 2]).ravel()[:8], Image.BILINEAR)
    yield "Pillow", f"gray,warp_perspective={text},{CENTER}", center(theirs), 1


def rotate(p):
    middle = ((p.gray.shape[1] - 1) / 2, (p.gray.shape[0] - 1) / 2)
    theirs = cv2.warpAffine(p.gray, cv2.getRotationMatrix2D(middle, -17, 1), (p.gray.shape[1], p.gray.shape[0]),
                            flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    yield "OpenCV", "gray,rotate=17", theirs, OFF_GRID
    yield "Pillow", f"gray,rotate=17,{CENTER}", center(p.pillow.rotate(-17, Image.BILINEAR)), 1


def translate(p):
    yield "OpenCV", "translate=10.5:-3.25", warped(p.bgr, [1, 0, -10.5, 0, 1, 3.25], cv2.INTER_LINEAR), 1
    yield "OpenCV", "gray,translate=-70.75:0", warped(p.gray, [1, 0, 70.75, 0, 1, 0], cv2.INTER_LINEAR), 1
    yield "OpenCV", "translate=0:-9.5", warped(p.bgr, [1, 0, 0, 0, 1, 9.5], cv2.INTER_LINEAR), 1
    moved = p.pillow.transform(p.pillow.size, Image.AFFINE, (1, 0, -10.3, 0, 1, 3.7), Image.BILINEAR)
    yield "Pillow", f"gray,translate=10.3:-3.7,{CENTER}", center(moved), 1


def undistort(p):
    camera = np.array([[400.0, 0, 220], [0, 410, 150], [0, 0, 1]])
    lens = np.array([-0.2, 0.05, 0.001, -0.002, 0.01])
    ours = "gray,undistort=400:410:220:150:-0.2:0.05:0.001:-0.002:0.01"
    theirs = cv2.undistort(p.gray, camera, lens)  # black outside
    yield "OpenCV", f"{ours},{CENTER}", center(theirs), OFF_GRID


def remap(p):
    """Each pixel at the place that its value, and that of the image upside down, stands for."""
    xs, ys = p.gray.astype(np.float32), p.gray[::-1].astype(np.float32)
    of = lambda gain: f"(#1,gray,convert_to=f32,brightness={gain})(#1,gray,flip_y,convert_to=f32,brightness={gain})"
    for gain, how, flag, tolerance in (
        (1, "linear", cv2.INTER_LINEAR, 0), (1, "nearest", cv2.INTER_NEAREST, 0), (1.03125, "linear", cv2.INTER_LINEAR, 1),
        (1.03125, "cubic", cv2.INTER_CUBIC, 1), (2.5, "linear", cv2.INTER_LINEAR, 1),
    ):  # fmt: skip
        theirs = cv2.remap(p.bgr, xs * np.float32(gain), ys * np.float32(gain), flag, borderMode=cv2.BORDER_REFLECT_101)
        yield "OpenCV", f"remap={how}{of(gain)}", theirs, tolerance


def polar(p):
    theirs = cv2.warpPolar(p.gray, (300, 400), (200.5, 140.25), 120, cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR)
    yield "OpenCV", "gray,polar=200.5:140.25:120:300x400", theirs, OFF_GRID


def brightness(p):
    for gain in (0.5, 1.2, 2.5):
        yield "OpenCV", f"gray,brightness={gain}", cv2.convertScaleAbs(p.gray, alpha=gain), 1
        yield "numpy", f"gray,brightness={gain}", half_up(np.float64(np.float32(gain)) * p.exact), 0
        yield "Pillow", f"gray,brightness={gain}", np.asarray(ImageEnhance.Brightness(p.pillow).enhance(gain)), 1


def convert_to(p):
    yield "OpenCV", "gray,sobel_y,convert_to=u8", cv2.add(p.gy, np.zeros_like(p.gy), dtype=cv2.CV_8U), 0
    smooth = cv2.GaussianBlur(p.gray.astype(np.float32), (3, 3), 0)
    rounded = cv2.add(smooth, np.zeros_like(smooth), dtype=cv2.CV_8U)
    yield "OpenCV", "gray,convert_to=f32,gaussian3,convert_to=u8", rounded, 1


def threshold(p):
    yield "OpenCV", "gray,threshold=127", cv2.threshold(p.gray, 127, 255, cv2.THRESH_BINARY)[1], 0
    yield "Pillow", "gray,threshold=127", np.asarray(p.pillow.point(lambda v: 255 * (v > 127))), 0


def in_range(p):
    yield "OpenCV", "in_range=60:180", cv2.inRange(p.bgr, (60, 60, 60), (180, 180, 180)), 0
    yield "OpenCV", "in_range=100:255:20:200:0:150", cv2.inRange(p.bgr, (0, 20, 100), (150, 200, 255)), 0
    yield "OpenCV", "gray,in_range=60:180", cv2.inRange(p.gray, 60, 180), 0


def premultiply(p):
    yield "Pillow", "premultiply", np.asarray(p.rgba.convert("RGBa")), 0


def unpremultiply(p):
    # Pillow premultiplies around resize by itself.
    yield "Pillow", "premultiply,unpremultiply", np.asarray(p.rgba.convert("RGBa").convert("RGBA")), 0
    for name, kernel in (("triangle", Image.BILINEAR), ("cubic", Image.BICUBIC), ("lanczos3", Image.LANCZOS)):
        for w, h in ((200, 133), (700, 640)):
            chain = f"premultiply,resize={w}x{h}:{name},unpremultiply"
            yield "Pillow", chain, np.asarray(p.rgba.resize((w, h), kernel)), 0
    # The colors of premultiplied pixels may exceed their alpha.
    rgba = np.asarray(p.rgba)
    raw = Image.frombytes("RGBa", p.rgba.size, rgba.tobytes())
    yield "Pillow", "unpremultiply", np.asarray(raw.convert("RGBA")), 0


def clamp(p):
    yield "OpenCV", "gray,clamp=40:180", cv2.min(cv2.max(p.gray, 40), 180), 0
    yield "Pillow", "gray,clamp=40:180", np.asarray(p.pillow.point(lambda v: min(max(v, 40), 180))), 0


def invert(p):
    yield "OpenCV", "invert", cv2.bitwise_not(p.bgr), 0
    yield "Pillow", "gray,invert", np.asarray(ImageOps.invert(p.pillow)), 0


def solarize(p):
    for level in (0, 100, 128, 255, 256):
        yield "Pillow", f"gray,solarize={level}", np.asarray(ImageOps.solarize(p.pillow, level)), 0


def offset(p):
    for value in (40, -300, 12):
        yield "OpenCV", f"offset={value}", cv2.add(p.bgr, (value, value, value, 0)), 0
        theirs = p.pillow.point(lambda v: min(max(v + value, 0), 255))
        yield "Pillow", f"gray,offset={value}", np.asarray(theirs), 0
    yield "numpy", "gray,offset=-12.5", np.clip(p.gray.astype(int) - 12, 0, 255).astype(np.uint8), 0


def posterize(p):
    for bits in (1, 3, 8):
        yield "Pillow", f"gray,posterize={bits}", np.asarray(ImageOps.posterize(p.pillow, bits)), 0


def adaptive_threshold(p):
    methods = {"mean": cv2.ADAPTIVE_THRESH_MEAN_C, "gaussian": cv2.ADAPTIVE_THRESH_GAUSSIAN_C}
    senses = {"binary": cv2.THRESH_BINARY, "inverted": cv2.THRESH_BINARY_INV}
    # Gaussians of more than 9 x 9 pixels are sums of floats in OpenCV, which may round to another mean.
    for method, side, offset, sense in (("mean", 3, 2, "binary"), ("mean", 15, -1.5, "binary"), ("mean", 51, 4, "inverted"),
                                        ("gaussian", 3, 0, "binary"), ("gaussian", 7, 1.5, "binary"), ("gaussian", 9, 2, "inverted")):  # fmt: skip
        theirs = cv2.adaptiveThreshold(p.gray, 255, methods[method], senses[sense], side, offset)
        yield "OpenCV", f"gray,extend=replicate,adaptive_threshold={side}:{offset}:{method}:{sense}", theirs, 0


def equalize(p):
    yield "OpenCV", "gray,equalize", cv2.equalizeHist(p.gray), 0
    yield "Pillow", "gray,equalize=pillow", np.asarray(ImageOps.equalize(p.pillow)), 0
    color = Image.open(p.path).convert("RGB")
    yield "Pillow", "equalize=pillow", np.asarray(ImageOps.equalize(color))[..., ::-1], 0


def clahe(p):
    for clip, across, down in ((40, 8, 8), (2, 8, 8), (0, 3, 5), (3.5, 1, 1), (2, 16, 2), (1.2, 64, 64)):
        theirs = cv2.createCLAHE(clip, (across, down)).apply(p.gray)
        yield "OpenCV", f"gray,clahe={clip}:{across}x{down}", theirs, 1


def normalize(p):
    yield "OpenCV", "gray,clamp=60:140,normalize", cv2.normalize(np.clip(p.gray, 60, 140), None, 0, 255, cv2.NORM_MINMAX), 1
    dim = Image.fromarray(np.clip(p.gray, 60, 140))
    yield "Pillow", "gray,clamp=60:140,normalize", np.asarray(ImageOps.autocontrast(dim)), 1


def stretch(p):
    low, high = np.percentile(p.gray, (5, 90))
    yield "numpy", "gray,stretch=5:90", half_up(np.clip((p.exact - low) * 255 / (high - low), 0, 255)), 0


def gamma(p):
    for g in (0.4, 1, 2.2):
        yield "numpy", f"gray,gamma={g}", half_up(255 * (p.exact / 255) ** np.float64(np.float32(g))), 0


def levels(p):
    share = np.clip((p.exact - 40) / 160, 0, 1)
    yield "numpy", "gray,levels=40:200", half_up(255 * share), 0
    yield "numpy", "gray,levels=40:200:2", half_up(255 * np.sqrt(share)), 0


def log(p):
    yield "numpy", "gray,log=0.75", half_up(0.75 * 255 * np.log2(1 + p.exact / 255)), 0


def sigmoid(p):
    yield "numpy", "gray,sigmoid=0.25:7", half_up(255 / (1 + np.exp(7 * (0.25 - p.exact / 255)))), 0


def vignette(p):
    h, w = p.gray.shape
    y, x = np.mgrid[0:h, 0:w]
    t = ((2 * x - w + 1) ** 2 + (2 * y - h + 1) ** 2) / ((w - 1) ** 2 + (h - 1) ** 2)
    yield "numpy", "gray,vignette=0.9:-0.4:0.2", half_up(p.exact * (1 + 0.9 * t - 0.4 * t**2 + 0.2 * t**3)), 1


def reconstructed(marker, mask, connected=8):
    """The definition of the reconstruction by dilation, with dilations of OpenCV."""
    element = np.ones((3, 3), np.uint8) if connected == 8 else cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    last, now = None, np.minimum(marker, mask)
    while last is None or (last != now).any():
        last, now = now, np.minimum(cv2.dilate(now, element), mask)
    return now


def h_maxima(p):
    for h, connected in ((10, 8), (40, 4)):
        yield "numpy", f"gray,h_maxima={h}:{connected}", reconstructed(cv2.subtract(p.gray, float(h)), p.gray, connected), 0


def h_minima(p):
    for h, connected in ((10, 8), (40, 4)):
        low = 255 - p.gray
        theirs = 255 - reconstructed(cv2.subtract(low, float(h)), low, connected)
        yield "numpy", f"gray,h_minima={h}:{connected}", theirs, 0


def fill_gray_holes(p):
    low = 255 - p.gray
    marker = np.zeros_like(low)
    marker[0], marker[-1], marker[:, 0], marker[:, -1] = low[0], low[-1], low[:, 0], low[:, -1]
    for connected in (4, 8):
        yield "numpy", f"gray,fill_gray_holes={connected}", 255 - reconstructed(marker, low, connected), 0


def open_by_reconstruction(p):
    for text, element in elements_of_reconstructions():
        yield "numpy", f"gray,open_by_reconstruction={text}", reconstructed(cv2.erode(p.gray, element), p.gray), 0


def close_by_reconstruction(p):
    for text, element in elements_of_reconstructions():
        low = 255 - p.gray
        theirs = 255 - reconstructed(cv2.erode(low, element), low)
        yield "numpy", f"gray,close_by_reconstruction={text}", theirs, 0


def reconstruct(p):
    for connected in (4, 8):
        marker = cv2.subtract(cv2.erode(p.gray, np.ones((5, 11), np.uint8)), 7.0)
        theirs = reconstructed(marker, p.gray, connected)
        yield "numpy", f"gray,reconstruct={connected}(#1,gray,erode=11x5,offset=-7)", theirs, 0


def reconstruct_by_erosion(p):
    low = 255 - p.gray
    theirs = 255 - reconstructed(cv2.erode(low, np.ones((5, 11), np.uint8)), low)
    yield "numpy", "gray,reconstruct_by_erosion(#1,gray,dilate=11x5)", theirs, 0


def elements_of_reconstructions():
    return (("15x9", np.ones((9, 15), np.uint8)), ("ellipse:11", cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))))


def regional_maxima(image):
    return np.where(image > reconstructed(cv2.subtract(image, 1.0), image), 255, 0).astype(np.uint8)


def local_maxima(p):
    yield "numpy", "gray,local_maxima", regional_maxima(p.gray), 0


def local_minima(p):
    yield "numpy", "gray,local_minima", regional_maxima(255 - p.gray), 0


def area_opened(image, area, connected):
    """The greatest level whose component has enough pixels, with components of OpenCV."""
    out = np.zeros_like(image)
    for level in range(1, 256):
        _, labels, facts, _ = cv2.connectedComponentsWithStats((image >= level).astype(np.uint8), connectivity=connected)
        enough = facts[:, cv2.CC_STAT_AREA] >= area
        enough[0] = False
        out[enough[labels]] = level
    return out


def area_open(p):
    for area, connected in ((64, 4), (500, 8)):
        yield "numpy", f"gray,area_open={area}:{connected}", area_opened(p.gray, area, connected), 0


def area_close(p):
    for area, connected in ((64, 4), (500, 8)):
        yield "numpy", f"gray,area_close={area}:{connected}", 255 - area_opened(255 - p.gray, area, connected), 0


def thin(p):
    if not hasattr(cv2, "ximgproc"):
        return
    mask = cv2.copyMakeBorder(cv2.threshold(p.gray, 127, 255, cv2.THRESH_BINARY)[1], 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    chain = "gray,threshold=127,pad=1:1:1:1:constant:0,thin"
    hall = lambda m: cv2.ximgproc.thinning(m, thinningType=cv2.ximgproc.THINNING_GUOHALL)  # noqa: E731
    yield "OpenCV", f"{chain}=zhang_suen", cv2.ximgproc.thinning(mask, thinningType=cv2.ximgproc.THINNING_ZHANGSUEN), 0
    yield "OpenCV", f"{chain}=guo_hall_opencv", hall(mask), 0
    turned = np.ascontiguousarray(np.rot90(mask, 2))
    yield "OpenCV", chain, np.rot90(hall(turned), 2), 0


def convex_hull(p):
    for level in (127, int(p.gray.max()) - 3):
        mask = cv2.threshold(p.gray, level, 255, cv2.THRESH_BINARY)[1]
        corners = cv2.convexHull(cv2.findNonZero(mask))[:, 0].astype(np.int64)
        y, x = np.mgrid[: mask.shape[0], : mask.shape[1]]
        sides = [(b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) for a, b in zip(corners, np.roll(corners, -1, 0))]
        inside = np.all([s >= 0 for s in sides], 0) | np.all([s <= 0 for s in sides], 0)
        yield "OpenCV", f"gray,threshold={level},convex_hull", np.where(inside, 255, 0).astype(np.uint8), 0


def hit_or_miss(p):
    mask = cv2.threshold(p.gray, 127, 255, cv2.THRESH_BINARY)[1]
    for kernel in ([[0, -1, 0], [-1, 1, 1], [0, 1, 0]], [[1, 0, -1, -1, -1]], [[-1], [1], [0]]):
        text = "/".join(":".join(map(str, row)) for row in kernel)
        theirs = cv2.morphologyEx(mask, cv2.MORPH_HITMISS, np.array(kernel, np.int32))
        yield "OpenCV", f"gray,threshold=127,hit_or_miss={text}", theirs, 0


# What combines images gets the photograph and its mirror image.
OTHER = "(#1,gray,flip_x)"


def both(p):
    return p.gray, np.ascontiguousarray(p.gray[:, ::-1])


def two_images(name, of_opencv, of_pillow=None):
    """The rows of an operation whose bytes are those of the others."""

    def rows(p):
        yield "OpenCV", f"gray,{name}{OTHER}", of_opencv(*both(p)), 0
        yield "OpenCV", f"{name}(#1,flip_x)", of_opencv(p.bgr, np.ascontiguousarray(p.bgr[:, ::-1])), 0
        if of_pillow:
            yield "Pillow", f"gray,{name}{OTHER}", np.asarray(of_pillow(*map(Image.fromarray, both(p)))), 0

    rows.__name__ = name
    return rows


def multiply(p):
    a, b = both(p)
    exact = p.exact * b
    yield "OpenCV", f"gray,multiply=0.0078125{OTHER}", cv2.multiply(a, b, scale=1 / 128), 1
    yield "numpy", f"gray,multiply=0.0078125{OTHER}", half_up(exact / 128), 0
    yield "OpenCV", f"gray,multiply=0.003921569{OTHER}", cv2.multiply(a, b, scale=1 / 255), 0


def divide(p):
    a, b = both(p)
    exact = np.where(b > 0, 100 * p.exact / np.maximum(b, 1), 0)
    yield "OpenCV", f"gray,divide=100{OTHER}", cv2.divide(a, b, scale=100), 1
    yield "numpy", f"gray,divide=100{OTHER}", half_up(exact), 0


def blend(p):
    a, b = both(p)
    for alpha, tenths in ((0.3, 3), (0.5, 5)):
        yield "OpenCV", f"gray,blend={alpha}{OTHER}", cv2.addWeighted(a, 1 - alpha, b, alpha, 0), 1
        yield "Pillow", f"gray,blend={alpha}{OTHER}", np.asarray(Image.blend(*map(Image.fromarray, (a, b)), alpha)), 1
        exact = ((10 - tenths) * a.astype(np.int64) + tenths * b.astype(np.int64) + 5) // 10
        yield "numpy", f"gray,blend={alpha}{OTHER}", exact.astype(np.uint8), 0


def over(p):
    below = p.rgba.transpose(Image.FLIP_TOP_BOTTOM)
    yield "Pillow", "over(#1,flip_y)", np.asarray(Image.alpha_composite(below, p.rgba)), 1


ROWS = {
    f.__name__: f for f in (
        extend, bayer_to_rgb, color_matrix, colormap, gray, hsl_to_rgb, hsv_to_rgb, lab_to_rgb, linear_to_srgb, luv_to_rgb, oklab_to_rgb, rgb_to_hsl, rgb_to_hsv, rgb_to_lab, rgb_to_luv, rgb_to_oklab, rgb_to_xyz, rgb_to_ycbcr, srgb_to_linear, swap_rb, white_balance, xyz_to_rgb, ycbcr_to_rgb, sobel_x, sobel_y, sobel_magnitude, sobel, scharr_x, scharr_y, scharr, prewitt, roberts, laplacian, canny, crop, resize, flip_x, flip_y, rotate90, rotate180,
        rotate270, transpose, box, guided, guided_by, median, percentile, rank_end("rank_min", lambda side: 0, np.min), rank_end("rank_max", lambda side: side * side - 1, np.max), convolve, correlate, correlate_separable, gaussian, gaussian3, gaussian5, sharpen, bilateral, nl_means, unsharp, unsharp_pillow, absolute, brightness,
        convert_to, in_range, offset, premultiply, threshold, unpremultiply, vignette, adaptive_threshold, clahe, clamp, equalize, gamma, invert, levels, log, normalize, posterize, sigmoid, solarize, stretch, pad, polar, remap, rotate, translate, undistort, warp_affine, warp_perspective, resize_area, resize_linear, resize_cubic, pyramid_down, pyramid_up,
        two_images("add", cv2.add, ImageChops.add), two_images("subtract", cv2.subtract, ImageChops.subtract),
        two_images("absdiff", cv2.absdiff, ImageChops.difference), two_images("darker", cv2.min, ImageChops.darker),
        two_images("lighter", cv2.max, ImageChops.lighter), two_images("bitwise_and", cv2.bitwise_and),
        two_images("bitwise_or", cv2.bitwise_or), two_images("bitwise_xor", cv2.bitwise_xor),
        multiply, divide, blend, over, erode, dilate,
        morphology("open", cv2.MORPH_OPEN), morphology("close", cv2.MORPH_CLOSE),
        morphology("gradient", cv2.MORPH_GRADIENT), morphology("top_hat", cv2.MORPH_TOPHAT),
        morphology("black_hat", cv2.MORPH_BLACKHAT),
        area_open, area_close, fill_gray_holes, h_maxima, h_minima, local_maxima, local_minima,
        open_by_reconstruction, close_by_reconstruction, reconstruct, reconstruct_by_erosion,
        thin, convex_hull, hit_or_miss,
    )
}  # fmt: skip
# (operation, library): why there is no row.
WITHOUT = {
    ("prewitt", "no library"): "scikit-image has it; numpy has the formula",
    ("roberts", "no library"): "scikit-image has it; numpy has the formula",
    **{(name, "no library"): "SciPy and scikit-image have it, in floats; tests/python/test_features.py has the sums" for name in ("laplacian_of_gaussian", "difference_of_gaussians")},
    **{(name, "no library"): "scikit-image has the tensors, in floats; the test has a plain loop and its numbers" for name in ("structure_tensor", "coherence")},
    ("local_binary_pattern", "no library"): "scikit-image has it; tests/python/test_features.py has the comparisons",
    ("vignette", "no library"): "none has it; numpy has the formula",
    ("srgb_to_linear", "no library"): "none has it alone; numpy has the formula",
    ("linear_to_srgb", "no library"): "none has it alone; numpy has the formula",
    ("rgb_to_oklab", "no library"): "none has it; numpy has the formula",
    ("oklab_to_rgb", "no library"): "none has it; numpy has the formula",
    **{(name, "no library"): "scikit-image has it; numpy has the formula" for name in ("gamma", "levels", "log", "sigmoid", "stretch")},
    **{(name, "no library"): "scikit-image has it; the definition has loops of OpenCV's" for name in (
        "area_open", "area_close", "fill_gray_holes", "h_maxima", "h_minima", "local_maxima", "local_minima",
        "open_by_reconstruction", "close_by_reconstruction", "reconstruct", "reconstruct_by_erosion")},
    ("over_premultiplied", "no library"): "none has it; over is compared",
    ("select_by_mask", "no library"): "it copies values",
    ("adaptive_median", "no library"): "none has it",
    ("median_cross", "no library"): "SciPy has it; the test has a plain loop",
    ("median_weighted", "no library"): "none has it; 1 is median, which is compared",
    ("anisotropic", "no library"): "none has it with these rules; the test has a plain loop",
    ("tv", "no library"): "scikit-image has it; the test has its numbers",
    ("motion_blur", "no library"): "none has it alone; a filter2D of the same weights is within 1",
    ("bilateral_grid", "no library"): "none has it; bilateral is compared, and the test has the cells",
    ("unsharp", "no library"): "scikit-image has it; numpy has the formula",
    ("thin", "OpenCV"): "it is in OpenCV's contributed modules, which may be missing",
    ("convex_hull", "no library"): "OpenCV has the corners of the hull; numpy has the pixels between them",
    ("fast_score", "OpenCV"): "it has lists of corners; tests/python/test_features.py compares them",
    **{(name, "OpenCV"): "the scores are floats; tests/python/test_features.py compares them" for name in ("harris", "shi_tomasi")},
    ("sobel_angle", "OpenCV"): "angles are floats, and cv::phase is 0.3 degrees off; tests/python/test_features.py compares them with NumPy",
    ("gaussian", "Pillow"): "its blur is three boxes, which are some values off",
}
COLUMNS = {"opencv": "OpenCV", "pillow": "Pillow"}


def fail(sentence):
    global failures
    print("FAILED " + sentence)
    failures += 1


def check_that_all_have_rows(listed, compared):
    """Whether each operation of the list is compared with each library that has it."""
    names = [o["name"] for o in listed]
    for o in listed:
        peers = [library for key, library in COLUMNS.items() if o[key]]
        for library in peers or ["no library"]:
            if (o["name"], library) not in compared and (o["name"], library) not in WITHOUT:
                what = f"is {o[library.lower()]} in {library}" if peers else "has no call in OpenCV or Pillow"
                fail(f"{o['name']} {what} by quoin-filters --list, and tests/compare/filters.py has no row for it: "
                     "write one, or a reason in WITHOUT")  # fmt: skip
    for name in {*ROWS, *(name for name, _ in WITHOUT)} - set(names):
        fail(f"tests/compare/filters.py has rows for {name}, which quoin-filters --list does not know")


listed = json.loads(subprocess.run([program, "--list=json"], check=True, capture_output=True, text=True).stdout)
listed = listed["operations"]
compared = set()
with tempfile.TemporaryDirectory() as out:
    for name in names:
        photo = Photo(name, out)
        for o in listed:
            for library, chain, theirs, tolerance, *margin in ROWS.get(o["name"], lambda p: ())(photo):
                compared.add((o["name"], library))
                ours = photo.ours(chain, theirs.shape[2] if theirs.ndim == 3 else 1)
                check(f"{name} {chain}, {library}", *(inner(i, *margin or [0]) for i in (ours, theirs)), tolerance)
check_that_all_have_rows(listed, compared)
print(f"{checks} comparisons, {failures} failed")
sys.exit(1 if failures else 0)
