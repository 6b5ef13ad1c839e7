# SPDX-License-Identifier: BSL-1.0
"""Regions, files, statistics and tensors against NumPy."""
import os
import pathlib

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoin
from arrays import filled, images


@given(st.integers(1, 40), st.integers(1, 70), st.floats(0, 1), st.integers(0, 2**32),
       st.sampled_from(("run_merge", "minimum")))
def test_rectangles_cover_the_mask_once(height, width, share, seed, method):
    mask = numpy.random.default_rng(seed).random((height, width)) < share
    found = quoin.segment(mask, method)
    covered = numpy.zeros(mask.shape, int)
    for x, y, w, h in found.rectangles:
        covered[y : y + h, x : x + w] += 1
    numpy.testing.assert_array_equal(covered, mask)
    assert found.components.area.sum() == mask.sum()
    areas = numpy.bincount(found.component_of, found.rectangles[:, 2] * found.rectangles[:, 3], len(found.components))
    numpy.testing.assert_array_equal(areas, found.components.area)


@given(images(types=("uint8",), channels=(0,)), st.sampled_from((4, 8)))
def test_components_and_labels(a, connectivity):
    mask = a > 120
    labels = quoin.labels(mask, connectivity=connectivity)
    found = quoin.components(mask, a, connectivity=connectivity)
    numpy.testing.assert_array_equal(labels > 0, mask)
    for k in range(len(found)):
        inside = labels == k + 1
        assert inside.sum() == found.area[k]
        rows, columns = numpy.nonzero(inside)
        x, y, w, h = found.box[k]
        assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == (x, y, x + w, y + h)
        assert found.centroid_x[k] == pytest.approx(columns.mean(), rel=1e-12)
        assert found.intensity_mean[k] == pytest.approx(a[inside].mean(), rel=1e-12)
        assert (found.intensity_min[k], found.intensity_max[k]) == (a[inside].min(), a[inside].max())


def cells(dtype):
    """Discs of radius 9 on an uneven, noisy ground: (image, centers)."""
    generator = numpy.random.default_rng(1)
    y, x = numpy.mgrid[:200, :300]
    image = 20 + x / 20 + generator.normal(0, 1.5, x.shape)
    centers = [(40, 50), (40, 120), (60, 240), (120, 40), (130, 160), (150, 250)]
    for row, column in centers:
        image[numpy.hypot(y - row, x - column) < 9] += 90
    return (image * (1 if dtype == "uint8" else 150)).clip(0, None).astype(dtype), centers


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_nuclei(dtype):
    image, centers = cells(dtype)
    found = quoin.nuclei(image, policy="serial")
    assert len(found) == len(centers) and found.note == "" and 14 < found.diameter < 22 and found.noise > 0
    regions = found.regions
    for k, (row, column) in enumerate(sorted(centers)):
        inside = found.labels == k + 1
        assert inside.sum() == regions.area[k] == pytest.approx(numpy.pi * 81, rel=0.1)
        assert (regions.centroid_y[k], regions.centroid_x[k]) == pytest.approx((row, column), abs=0.5)
        assert regions.intensity_mean[k] == pytest.approx(image[inside].mean(), rel=1e-12)
    for policy in quoin.policies():
        again = quoin.nuclei(image[::-1][::-1], policy=policy)
        numpy.testing.assert_array_equal(again.labels, found.labels)
    dark = quoin.nuclei(image.max() - image, invert=True, diameter=18)
    assert len(dark) == len(centers) and dark.diameter == 18
    assert len(quoin.nuclei(image, min_area=1000)) == 0
    assert len(quoin.nuclei(image, threshold="otsu")) == len(centers)


def test_nuclei_notes_and_errors():
    image, _ = cells("uint8")
    assert "all pixels have the value 7" in quoin.nuclei(numpy.full_like(image, 7)).note
    note = quoin.nuclei(image, background=2, diameter=18).note
    assert "background 2" in note and "--" not in note
    for options, words in (({"diameter": 3000}, "diameter is 3000"), ({"neck": 2}, "neck is 2"),
                           ({"threshold": "li"}, "no threshold 'li'"), ({"min_area": -1}, "min_area is -1"),
                           ({"contrast": float("nan")}, "contrast is nan")):
        with pytest.raises(ValueError, match=words):
            quoin.nuclei(image, **options)
    for other in (image.astype("float32"), image[..., None].repeat(3, 2)):
        with pytest.raises(ValueError, match="give gray ones of uint8 or uint16"):
            quoin.nuclei(other)


@given(images(), st.sampled_from(quoin.policies()))
def test_statistics(a, policy):
    found = quoin.statistics(a, policy=policy)
    channels = a.reshape(*a.shape[:2], -1).astype(float)
    for key, of in (("mean", numpy.mean), ("std", numpy.std), ("min", numpy.min), ("max", numpy.max)):
        numpy.testing.assert_allclose(numpy.atleast_1d(found[key]), of(channels, axis=(0, 1)), rtol=1e-9, atol=1e-6)
    if a.dtype in (numpy.uint8, numpy.uint16):
        counts = found["histogram"] if channels.shape[2] > 1 else [found["histogram"]]
        for c, histogram in enumerate(counts):
            wanted = numpy.bincount(channels[..., c].ravel().astype(int), minlength=len(histogram))
            numpy.testing.assert_array_equal(histogram, wanted)


def test_distances():
    a = filled((40, 50, 3), "uint8", 1)
    b = quoin.run("gaussian=1", a)
    error = ((a.astype(float) - b) ** 2).mean()
    assert quoin.mse(a, b) == pytest.approx(error, rel=1e-12)
    assert quoin.psnr(a, b) == pytest.approx(10 * numpy.log10(255**2 / error), rel=1e-12)
    assert quoin.psnr(a, a) == float("inf") and quoin.ssim(a, a) == 1 == quoin.ssim(a, a, window="gaussian")
    assert 0 < quoin.ssim(a, b) < 1
    for measure in (quoin.psnr, quoin.ssim):
        with pytest.raises(ValueError, match="range is 0; give the largest"):
            measure(a, b, range=0)
    assert quoin.ssim(a[::-1], b[::-1]) == pytest.approx(quoin.ssim(a, b), rel=1e-9)


@pytest.mark.parametrize("name, dtype, shape", [
    ("a.png", "uint8", (30, 40, 3)), ("a.png", "uint16", (30, 40)), ("a.png", "uint8", (30, 40, 4)),
    ("a.pfm", "float32", (30, 40)), ("a.bmp", "uint8", (30, 40, 3)), ("a.pgm", "uint16", (30, 40)),
])
def test_files(tmp_path, name, dtype, shape):
    a = filled(shape, dtype, 1)
    quoin.write(tmp_path / name, a[::-1])
    numpy.testing.assert_array_equal(quoin.read(tmp_path / name), a[::-1])
    found = quoin.info(tmp_path / name)
    assert (found["width"], found["height"], found["channels"]) == (40, 30, shape[2] if len(shape) == 3 else 1)


@pytest.mark.parametrize("name, dtype, shape", [
    ("a.png", "uint8", (30, 40, 3)), ("a.png", "uint16", (30, 40)), ("a.pfm", "float32", (30, 40, 3)),
    ("a.bmp", "uint8", (30, 40, 4)), ("a.jpg", "uint8", (30, 40, 3)), ("a.tga", "uint8", (30, 40)),
])
def test_encoded_images_are_the_bytes_of_files(tmp_path, name, dtype, shape):
    a = filled(shape, dtype, 1)[::-1]
    quoin.write(tmp_path / name, a, quality=80)
    assert quoin.encode(a, name[2:], quality=80) == (tmp_path / name).read_bytes()


def test_encode():
    a = filled((2, 3), "uint16", 1)
    assert quoin.encode(a, "pnm") == b"P5\n3 2\n65535\n" + a.astype(">u2").tobytes()
    assert quoin.encode(a) == quoin.run("", a)._repr_png_()
    with pytest.raises(ValueError, match="no format 'gif'"):
        quoin.encode(a, "gif")
    with pytest.raises(OSError, match="8 bits a channel"):
        quoin.encode(a, "jpeg")
    with pytest.raises(ValueError, match="quoin.encode.*convert_to"):
        quoin.encode(a.astype("int16"))


def test_file_errors(tmp_path):
    with pytest.raises(OSError, match="cannot be opened"):
        quoin.read(tmp_path / "none.png")
    for call in (quoin.read, quoin.info, lambda path: quoin.write(path, filled((3, 3), "uint8", 1))):
        with pytest.raises(ValueError, match="null character"):
            call(f"{tmp_path}/a.png\0.bmp")
    with pytest.raises(OSError, match="names no format"):
        quoin.write(tmp_path / "a.gif", filled((3, 3), "uint8", 1))
    with pytest.raises(ValueError, match="convert_to"):
        quoin.write(tmp_path / "a.png", filled((3, 3), "int16", 1))
    assert not list(tmp_path.iterdir())


def test_names_of_files_are_bytes(tmp_path):
    """Those that are no text, too; messages have them as Python has."""
    a, name = filled((3, 5), "uint8", 1), os.fsencode(tmp_path) + b"/\xff.png"
    for path in (name, os.fsdecode(name), pathlib.Path(os.fsdecode(name))):
        quoin.write(path, a)
        assert os.listdir(os.fsencode(tmp_path)) == [b"\xff.png"]
        numpy.testing.assert_array_equal(quoin.read(path), a)
        assert quoin.info(path)["width"] == 5
        os.remove(path)
        with pytest.raises(OSError, match="\udcff.png: cannot be opened"):
            quoin.read(path)


def test_tensors():
    a, b = filled((40, 60, 3), "uint8", 1), filled((20, 30, 3), "uint8", 2)
    mean, std = (0.5, 0.4, 0.3), (0.2, 0.3, 0.4)
    values, places = quoin.to_tensor([a, b[::-1]], 20, 16, mean=mean, std=std)
    assert values.shape == (2, 3, 16, 20) and places.shape == (2, 4)
    for image, tensor in ((a, values[0]), (b[::-1], values[1])):
        resized = quoin.run("resize=20x16", image).astype("float32")
        wanted = (resized / numpy.float32(255) - numpy.float32(mean)) / numpy.float32(std)
        numpy.testing.assert_array_equal(tensor, wanted.transpose(2, 0, 1))
    make = quoin.Tensor(20, 16, fit="letterbox", type="f16", layout="nhwc", order="bgr")
    half, places = make([a])
    assert half.dtype == numpy.float16 and half.shape == (1, 16, 20, 3)
    scale_x, scale_y, left, top = places[0]
    resized = quoin.run(f"resize={round(60 * scale_x)}x{round(40 * scale_y)}", a)
    wanted = numpy.full((16, 20, 3), 114, "uint8")
    wanted[int(top) : int(top) + len(resized), int(left) : int(left) + len(resized[0])] = resized
    numpy.testing.assert_array_equal(half[0], (wanted[..., ::-1] / numpy.float32(255)).astype("float16"))
    out = numpy.empty((1, 16, 20, 3), "float16")
    assert make([a], out)[0] is out and (out == half).all()
    for other in (
        numpy.empty((2, 3), "float16"),
        numpy.empty((1, 16, 20, 3), "int16"),
        numpy.empty((1, 3, 16, 20), "float16"),
        numpy.empty((1, 16, 20, 6), "float16")[..., ::2],
        numpy.asfortranarray(out),
    ):
        with pytest.raises(ValueError, match=r"no contiguous, writable array of float16 and of the shape \(1, 16, 20, 3\)"):
            make([a], other)
    with pytest.raises(ValueError, match="uint8"):
        make([a[..., 0]])
    with pytest.raises(ValueError, match="fit is 'fill'"):
        quoin.Tensor(3, 3, fit="fill")
