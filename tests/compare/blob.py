# SPDX-License-Identifier: BSL-1.0
"""quoin-tensor against OpenCV's blobFromImage and the letterbox of YOLO.

    blob.py FOLDER

FOLDER holds quoin-tensor; QUOIN_DATA names the folder of the real images. Bits are compared where nothing is resized.
Bytes that both resize differ by at most 1: OpenCV's weights have 11 bits and come from floats, and it cuts off each of
the two products down columns, where quoin has weights of 14 bits and rounds once after each pass. Exit status 77: cv2
or the photographs are missing.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import cv2
    import numpy as np
except ImportError as missing:
    print(f"{missing}; install python3-opencv and python3-numpy")
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.dont_write_bytecode = True
from letterbox import letterbox  # noqa: E402

PHOTOS = pathlib.Path(os.environ.get("QUOIN_DATA", ""), "photos")
program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("QUOIN_BIN", ""), "quoin-tensor")
names = [n for n in ("astronaut.png", "chelsea.png", "coffee.png") if (PHOTOS / n).exists()]
if not os.environ.get("QUOIN_DATA") or not names:
    print("QUOIN_DATA does not name a folder with photos/astronaut.png")
    sys.exit(77)
failures = 0


def report(good, what, found):
    global failures
    failures += not good
    print(f"{'ok    ' if good else 'FAILED'} {what}: {found}")


def ours(path, out, width, height, *more):
    command = [program, path, "--out", out, "--size", f"{width}x{height}", "--no-antialias", *map(str, more)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return np.load(out)


def same_bits(what, got, expected):
    equal = got.shape == expected.shape and np.array_equal(got.view(np.uint32), expected.view(np.uint32))
    apart = f"{np.abs(got - expected).max()} apart" if got.shape == expected.shape else f"{got.shape} and {expected.shape}"
    report(equal, what, "the same bits" if equal else apart)


def near(what, got, expected):
    """Both in levels of bytes."""
    distance = np.abs(got - expected) if got.shape == expected.shape else np.array([np.inf])
    report(distance.max() <= 1, what, f"at most {distance.max():g} apart, {np.mean(distance > 0) * 100:.1f} % differ")


def boxed(image, width, height):
    """The letterbox with OpenCV's resize."""
    h, w = image.shape[:2]
    resize = lambda to: cv2.resize(image, to, interpolation=cv2.INTER_LINEAR)
    return letterbox((w, h), width, height, resize)[0]


def compare(name, out):
    path = PHOTOS / name
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    h, w = image.shape[:2]
    mean_first = "--steps", "mean_first"
    # One number a channel, in the order of the blob's channels, as OpenCV takes them.
    for scale, mean in ((1 / 255, (0, 0, 0)), (0.017, (123.68, 116.779, 103.939)), (1.0, (104, 117, 123)), (2.5, (0.1,) * 3)):
        rgb = cv2.dnn.blobFromImage(image, scale, (w, h), mean, swapRB=True)
        text = ":".join(map(str, mean))
        got = ours(path, out, w, h, *mean_first, "--mean", text, "--scale", repr(scale))
        same_bits(f"{name} as it is, ({text}), {scale:.4g}", got, rgb)
        bgr = cv2.dnn.blobFromImage(image, scale, (w, h), mean[::-1], swapRB=False)
        got = ours(path, out, w, h, *mean_first, "--mean", text, "--scale", repr(scale), "--order", "bgr")
        same_bits(f"{name} as it is, bgr", got, bgr)
    raw = *mean_first, "--scale", 1
    for width, height in ((300, 300), (224, 224), (640, 384), (w // 2, h // 2), (w + 40, h * 2), (33, 17), (w, 100)):
        blob = cv2.dnn.blobFromImage(image, 1.0, (width, height), swapRB=True)
        near(f"{name} stretched to {width} x {height}", ours(path, out, width, height, *raw), blob)
        blob = cv2.dnn.blobFromImage(image, 1.0, (width, height), swapRB=True, crop=True)
        near(f"{name} cropped to {width} x {height}", ours(path, out, width, height, *raw, "--fit", "cover"), blob)
        blob = boxed(image, width, height)[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32)
        near(f"{name} letterboxed to {width} x {height}", ours(path, out, width, height, *raw, "--fit", "letterbox"), blob)


with tempfile.TemporaryDirectory() as folder:
    for photo in names:
        compare(photo, pathlib.Path(folder, "out.npy"))
print(f"{failures} failures")
sys.exit(failures > 0)
