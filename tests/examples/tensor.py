# SPDX-License-Identifier: BSL-1.0
"""quoin-tensor against Pillow and NumPy, whose steps are written out here: every bit of f32, f16 and bf16.

    tensor.py FOLDER [unittest's options]

FOLDER holds the executables. Exit status 77: Pillow or NumPy is missing.
"""
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import numpy
    from PIL import Image
except ImportError as missing:
    print(missing)
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.dont_write_bytecode = True
from letterbox import letterbox  # noqa: E402

BIN = sys.argv.pop(1) if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]) else os.environ.get("QUOIN_BIN", "")
PROGRAM = os.path.join(BIN, "quoin-tensor")
SEED = int(os.environ.get("QUOIN_SEED", 0)) or int.from_bytes(os.urandom(4), "big")
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
IMAGENET = ("--mean", "0.485:0.456:0.406", "--std", "0.229:0.224:0.225")
KERNELS = {"nearest": 0, "lanczos3": 1, "triangle": 2, "cubic": 3, "box": 4, "hamming": 5}


def run(*arguments, **more):
    more.setdefault("text", True)
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=300, **more)


def normalized(pixels, mean=(0, 0, 0), std=(1, 1, 1), scale=None):
    """torchvision's ToTensor and Normalize of H x W x 3 bytes: each step in float."""
    f = numpy.float32
    v = pixels.astype(f)
    v = v / f(255) if scale is None else v * f(scale)
    return (v - numpy.array(mean, f)) / numpy.array(std, f)


def boxed(image, width, height, kernel, pad=114):
    """The letterbox with Pillow's resize."""
    return letterbox(image.size, width, height, lambda to: numpy.asarray(image.resize(to, kernel)), pad)


def center_crop(image, width, height, side, kernel):
    """torchvision's Resize(side) and CenterCrop((height, width))."""
    w, h = image.size
    short, long = min(w, h), max(w, h)
    to = (side, int(side * long / short)) if w <= h else (int(side * long / short), side)
    left, top = int(round((to[0] - width) / 2.0)), int(round((to[1] - height) / 2.0))
    pixels = numpy.asarray(image.resize(to, kernel))[top : top + height, left : left + width]
    return pixels, (to[0] / w, to[1] / h, -left, -top)


def bfloat16_bits(values):
    """Of finite floats: the upper half, rounded to nearest, ties to even."""
    bits = values.astype("<f4").view("<u4").astype(numpy.uint64)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype("<u2")


class Tensor(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)
        self.out = self.dir / "out.npy"
        self.random = numpy.random.default_rng(SEED)

    def picture(self, name, width, height, channels=3):
        """Smooth shapes and noise, so that kernels with negative weights saturate in some pixels."""
        y, x = numpy.mgrid[0:height, 0:width]
        noise = self.random.normal(0, 30, (channels, height, width))
        planes = [127 + 120 * numpy.sin(x / (3 + c) + y / 7) + noise[c] for c in range(channels)]
        pixels = numpy.clip(numpy.stack(planes, -1), 0, 255).astype(numpy.uint8)
        image = Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
        image.save(self.dir / name)
        return image

    def tensor(self, *arguments):
        r = run(*arguments, "--out", self.out)
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        return numpy.load(self.out)

    def same(self, got, expected, what=""):
        self.assertEqual((got.shape, got.dtype), (expected.shape, expected.dtype), what)
        different = numpy.argwhere(got.view(f"u{got.itemsize}") != expected.view(f"u{got.itemsize}"))
        self.assertEqual(len(different), 0, f"seed {SEED}: {what}: first at {different[:1]}")

    def test_stretch_with_every_kernel(self):
        image = self.picture("a.png", 150, 101)
        for name, kernel in KERNELS.items():
            for width, height in ((64, 48), (301, 220), (150, 101), (150, 40), (1, 1)):
                got = self.tensor(self.dir / "a.png", "--size", f"{width}x{height}", "--kernel", name, *IMAGENET)
                if name == "nearest" and (width, height) != (150, 101):
                    continue  # where two pixels are equally near, Pillow's sum of floats decides
                pixels = numpy.asarray(image.resize((width, height), kernel))
                expected = normalized(pixels, MEAN, STD).transpose(2, 0, 1)[None]
                self.same(got, numpy.ascontiguousarray(expected), f"{name} {width}x{height}")

    def test_letterbox_and_crop_of_different_sizes(self):
        sizes = (131, 67), (67, 131), (200, 200), (90, 61), (641, 480)
        names = [self.dir / f"{w}x{h}.png" for w, h in sizes]
        images = [self.picture(n.name, *s) for n, s in zip(names, sizes)]
        for fit, more, steps in (
            ("letterbox", (), lambda i: boxed(i, 64, 56, Image.BILINEAR)),
            ("letterbox", ("--pad", 0, "--kernel", "cubic"), lambda i: boxed(i, 64, 56, Image.BICUBIC, 0)),
            ("crop", ("--shorter-side", 73), lambda i: center_crop(i, 64, 56, 73, Image.BILINEAR)),
        ):
            arguments = (*names, "--size", "64x56", "--fit", fit, *more, *IMAGENET)
            r = run(*arguments, "--time", "--out", self.out)
            self.assertEqual((r.returncode, r.stderr), (0, ""))
            expected = [steps(i) for i in images]
            values = numpy.stack([normalized(p, MEAN, STD) for p, _ in expected])
            self.same(numpy.load(self.out), numpy.ascontiguousarray(values.transpose(0, 3, 1, 2)), fit)
            for line, (_, place) in zip(map(json.loads, r.stdout.splitlines()), expected, strict=True):
                self.assertEqual(tuple(line[k] for k in ("scale_x", "scale_y", "offset_x", "offset_y")), place)
            for kind, convert in (("f16", lambda v: v.astype("<f2")), ("bf16", bfloat16_bits)):
                got = self.tensor(*arguments, "--type", kind, "--layout", "nhwc", "--order", "bgr")
                self.same(got, numpy.ascontiguousarray(convert(values)[..., ::-1]), f"{fit} {kind}")

    def test_square_crop_without_a_side(self):
        image = self.picture("a.png", 121, 83)
        got = self.tensor(self.dir / "a.png", "--size", "40x40", "--fit", "crop")
        pixels, _ = center_crop(image, 40, 40, 40, Image.BILINEAR)
        self.same(got, numpy.ascontiguousarray(normalized(pixels).transpose(2, 0, 1)[None]))

    def test_every_byte_and_scale(self):
        ramp = numpy.arange(256, dtype=numpy.uint8)
        pixels = numpy.stack([ramp, ramp[::-1], ramp * 7], -1)[None]
        Image.fromarray(pixels).save(self.dir / "a.png")
        for scale in (None, 1 / 255, 0.0078125, 3.7):
            more = () if scale is None else ("--scale", repr(scale))
            expected = normalized(pixels, MEAN, STD, scale)[None]
            same = (self.dir / "a.png", "--size", "256x1", "--layout", "nhwc", *IMAGENET, *more)
            self.same(self.tensor(*same), expected, f"scale {scale}")
            self.same(self.tensor(*same, "--type", "f16"), expected.astype("<f2"), f"scale {scale}")
            self.same(self.tensor(*same, "--type", "bf16"), bfloat16_bits(expected), f"scale {scale}")

    def test_negative_means_and_one_number_for_all(self):
        image = self.picture("a.png", 20, 10)
        got = self.tensor(self.dir / "a.png", "--size", "20x10", "--layout", "nhwc", "--mean", "-0.5:1e-3:2", "--std", "0.3")
        self.same(got, normalized(numpy.asarray(image), (-0.5, 1e-3, 2), (0.3, 0.3, 0.3))[None])

    def test_gray_alpha_and_sixteen_bits(self):
        gray = self.picture("gray.png", 50, 40, 1)
        expected = normalized(numpy.asarray(gray.convert("RGB").resize((20, 16), Image.BILINEAR))).transpose(2, 0, 1)
        expected = numpy.ascontiguousarray(expected[None])
        self.same(self.tensor(self.dir / "gray.png", "--size", "20x16"), expected)
        image = self.picture("rgba.png", 50, 40, 4)
        pixels = numpy.ascontiguousarray(numpy.asarray(image)[..., :3])
        kept = normalized(numpy.asarray(Image.fromarray(pixels).resize((20, 16), Image.BILINEAR))).transpose(2, 0, 1)
        self.same(self.tensor(self.dir / "rgba.png", "--size", "20x16"), numpy.ascontiguousarray(kept[None]))
        wide = numpy.asarray(gray).astype(">u2") * 257
        (self.dir / "wide.pgm").write_bytes(b"P5\n50 40\n65535\n" + wide.astype(">u2").tobytes())
        self.same(self.tensor(self.dir / "wide.pgm", "--size", "20x16"), expected)

    def test_policies_and_threads_give_the_same_file(self):
        self.picture("a.png", 333, 271)
        same = (self.dir / "a.png", "--size", "100x90", "--fit", "letterbox", *IMAGENET, "--out", self.out)
        policies = run("--list-policies").stdout.split()
        self.assertIn("serial", policies)
        files = set()
        for policy in policies:
            for threads in (1, 3):
                r = run(*same, "--policy", policy, "--threads", threads)
                self.assertEqual((r.returncode, r.stderr), (0, ""), policy)
                files.add(self.out.read_bytes())
        self.assertEqual(len(files), 1)

    def test_standard_input_and_output(self):
        self.picture("a.png", 30, 20)
        whole = self.tensor(self.dir / "a.png", "--size", "8x8")
        data = (self.dir / "a.png").read_bytes()
        r = run("-", "--size", "8x8", "--out", "-", input=data, text=False)
        self.assertEqual(r.returncode, 0, r.stderr)
        self.same(numpy.load(io.BytesIO(r.stdout)), whole)
        self.assertEqual(r.stdout.index(b"\n") % 64, 63, "the values begin at a multiple of 64")
        self.assertIn(b"scale 0.266667 x 0.4, offset 0, 0", r.stderr)

    def test_range_note(self):
        Image.new("RGB", (9, 9), (5, 5, 5)).save(self.dir / "flat.png")
        r = run(self.dir / "flat.png", "--size", "4x4", "--out", self.out)
        self.assertEqual(r.returncode, 0)
        self.assertIn("flat.png is 5 everywhere in gray", r.stderr)

    def test_errors(self):
        self.picture("a.png", 30, 20)
        a, out = self.dir / "a.png", ("--out", self.out)
        (self.dir / "broken.png").write_bytes(a.read_bytes()[:200])
        for status, message, arguments in (
            (2, "--size 0x5: each side must be from 1 to 32768", (a, *out, "--size", "0x5")),
            (2, "--size 5: give a width and a height, as 640x480", (a, *out, "--size", "5")),
            (2, "--size 5x: give a width and a height", (a, *out, "--size", "5x")),
            (2, "--size is required", (a, *out)),
            (2, "--std 1:0:1: each number must be finite and above 0", (a, *out, "--size", "5x5", "--std", "1:0:1")),
            (2, "--std nan: each number must be finite", (a, *out, "--size", "5x5", "--std", "nan")),
            (2, "--mean 1:2: give a number for each channel", (a, *out, "--size", "5x5", "--mean", "1:2")),
            (2, "--mean inf: each number must be finite", (a, *out, "--size", "5x5", "--mean", "inf")),
            (2, "--scale 0: give a finite number that is not 0", (a, *out, "--size", "5x5", "--scale", "0")),
            (2, "--pad 256: give a whole number from 0 to 255", (a, *out, "--size", "5x5", "--pad", "256")),
            (2, "'leterbox' is none of stretch,letterbox,crop,cover; did you mean letterbox?",
             (a, *out, "--size", "5x5", "--fit", "leterbox")),
            (2, "--shorter-side is for --fit crop", (a, *out, "--size", "5x5", "--shorter-side", "9")),
            (2, "the name must end in .npy", (a, "--out", self.dir / "x.png", "--size", "5x5")),
            (2, "--trace is of one evaluation, and there are 2 images",
             (a, a, *out, "--size", "5x5", "--trace", self.dir / "t.json")),
            (1, "from which 5 x 5 cannot be cut; give a larger shorter side than 3",
             (a, *out, "--size", "5x5", "--fit", "crop", "--shorter-side", "3")),
            (1, "missing.png: cannot be opened", (a, self.dir / "missing.png", *out, "--size", "5x5")),
            (1, "broken.png: ", (a, self.dir / "broken.png", *out, "--size", "5x5")),
            (1, "there is no folder", (a, "--out", self.dir / "no/x.npy", "--size", "5x5")),
        ):
            r = run(*arguments)
            self.assertEqual(r.returncode, status, (arguments, r.stderr))
            self.assertIn(message, r.stderr)
            self.assertNotIn("quoin::", r.stderr)
            self.assertEqual(r.stderr.count("\n"), 1)
            self.assertEqual(sorted(p.name for p in self.dir.iterdir()), ["a.png", "broken.png"])


if __name__ == "__main__":
    unittest.main()
