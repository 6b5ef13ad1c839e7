# SPDX-License-Identifier: BSL-1.0
"""quoin-filters on the photographs, against OpenCV, Pillow and numpy.

usage: filters.py FOLDER, the folder with quoin-filters (or the environment variable QUOIN_BIN names it).
The photographs lie in $QUOIN_DATA/photos. Exit status 77, with the reason, where something that is needed
is missing.
"""
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
    from PIL import Image
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


def sobel(gray):
    return (cv2.Sobel(gray, cv2.CV_16S, 1, 0, ksize=3), cv2.Sobel(gray, cv2.CV_16S, 0, 1, ksize=3))


def compare(name, out):
    path = os.path.join(photos, name)
    bgr = cv2.imread(path, cv2.IMREAD_COLOR)
    gray = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    exact = gray.astype(np.float64)

    def ours(chain, flag=cv2.IMREAD_GRAYSCALE):
        subprocess.run([program, path, "--out", out, "--chain", chain], check=True, stdout=subprocess.DEVNULL)
        return cv2.imread(os.path.join(out, os.path.splitext(name)[0] + ".png"), flag)

    check(f"{name} gray, OpenCV", ours("gray"), gray, 0)
    check(f"{name} gray, Pillow", ours("gray"), np.asarray(Image.open(path).convert("RGB").convert("L")), 1)
    check(f"{name} gaussian3, OpenCV", ours("gray,gaussian3"), cv2.GaussianBlur(gray, (3, 3), 0), 0)
    check(f"{name} gaussian5, OpenCV", ours("gray,gaussian5"), cv2.GaussianBlur(gray, (5, 5), 0), 0)
    check(f"{name} gaussian3 of colors, OpenCV", ours("gaussian3", cv2.IMREAD_COLOR),
          cv2.GaussianBlur(bgr, (3, 3), 0), 0)
    gx, gy = (g.astype(np.float64) for g in sobel(gray))
    check(f"{name} sobel_x, OpenCV", ours("gray,sobel_x"), half_up(np.abs(gx)), 0)
    check(f"{name} sobel_y, OpenCV", ours("gray,sobel_y"), half_up(np.abs(gy)), 0)
    check(f"{name} sobel_magnitude, OpenCV and numpy", ours("gray,sobel_magnitude"),
          half_up(np.sqrt(gx * gx + gy * gy)), 0)
    kernel = np.full((3, 3), -2 / 16)
    kernel[1, 1] = 2
    check(f"{name} sharpen, OpenCV in double", ours("gray,sharpen"),
          half_up(cv2.filter2D(exact, cv2.CV_64F, kernel)), 0)
    check(f"{name} sharpen, OpenCV in 8 bits", ours("gray,sharpen"), cv2.filter2D(gray, -1, kernel), 1)
    for side in (3, 5, 15):
        check(f"{name} box={side}, OpenCV", ours(f"gray,box={side}"), cv2.blur(gray, (side, side)), 1)
    for sigma in (0.8, 2.0):
        size = 2 * int(np.ceil(3 * sigma)) + 1
        check(f"{name} gaussian={sigma}, OpenCV in double", ours(f"gray,gaussian={sigma}"),
              half_up(cv2.GaussianBlur(exact, (size, size), sigma)), 1)
    laplace = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    check(f"{name} correlate, OpenCV", ours("gray,correlate=0:-1:0/-1:5:-1/0:-1:0"),
          cv2.filter2D(gray, -1, laplace), 0)
    check(f"{name} threshold=127, OpenCV", ours("gray,threshold=127"),
          cv2.threshold(gray, 127, 255, cv2.THRESH_BINARY)[1], 0)
    for gain in (0.5, 1.2, 2.5):
        check(f"{name} brightness={gain}, numpy", ours(f"gray,brightness={gain}"),
              half_up(np.float64(np.float32(gain)) * exact), 0)


with tempfile.TemporaryDirectory() as out:
    for name in names:
        compare(name, out)
print(f"{checks} comparisons, {failures} failed")
sys.exit(1 if failures else 0)
