# SPDX-License-Identifier: BSL-1.0
"""The table of docs/nuclei.md: quoin-nuclei and the plain recipe of scikit-image (blur, Otsu, distance transform,
watershed) on drawn and on labeled images.

    nuclei_recipe.py FOLDER [SET ...]

FOLDER holds the executables. Each SET is a folder of labeled images: NAME.pgm with NAME.npy, its label image; the set of
QUOIN_DATA is img2d.pgm with mask2d.pgm. Exit status 77: scikit-image is missing. Fails where the recipe finds more of
the drawn nuclei than quoin-nuclei, and where quoin-nuclei finds less, or more that is false, than LEAST says.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from scipy import ndimage
    from skimage import feature, filters, segmentation
except ImportError as error:
    print(f"no comparison: {error}; install scikit-image")
    sys.exit(77)

DATA = pathlib.Path(os.environ.get("QUOIN_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data")) / "nuclei"

# For the labeled sets of the table, by their true nuclei: at least so many found, at most so many false.
LEAST = {125: (118, 2), 9177: (8533, 527), 9543: (8172, 1272)}


def read_pgm(path):
    _, size, white, samples = path.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(samples, ">u2" if int(white) > 255 else "u1").reshape(height, width)


def draw(side, centers, radius, bright, ground=20, noise=1.0, seed=1):
    """Blurred discs of 8 bits, and their labels; a pixel of two discs belongs to the nearer one."""
    v, u = np.mgrid[0:side, 0:side]
    distance = np.array([np.hypot(v - y, u - x) for y, x in centers] or [np.full((side, side), np.inf)])
    nearest = distance.argmin(0)
    labels = np.where(distance.min(0) <= radius, nearest + 1, 0)
    values = np.where(labels > 0, np.resize(bright, len(distance))[nearest], 0).astype(float)
    values = ndimage.gaussian_filter(values, 1.2) + ground + np.random.default_rng(seed).normal(0, 1, (side, side)) * noise
    return np.clip(np.round(values), 0, 255).astype(np.uint8), labels


def ring(middle, count, radius):
    angles = np.arange(count) * 2 * np.pi / count
    r = radius * 0.95 * count / np.pi
    return list(zip(middle + r * np.sin(angles), middle + r * np.cos(angles)))


def grid(count, step):
    return [(step * (j + 0.5), step * (i + 0.5)) for j in range(count) for i in range(count)]


def drawn_sets():
    faint = np.full(36, 11)
    faint[:3] = 200
    corners = [(18, 18), (18, 165), (165, 18), (165, 165)]
    return {
        "rings of 12 that touch, and 4": [draw(184, ring(92, 12, 12) + corners, 12, 160, seed=s) for s in range(4)],
        "3 bright among 33 faint": [draw(340, grid(6, 56), 10, faint, 2, 0.5, s) for s in range(4)],
        "one on noise": [draw(256, [(100, 140)], 5, 60, 20, 2, s) for s in range(4)],
        "none on noise": [draw(256, [], 5, 0, 20, 2, s) for s in range(4)],
        "radius 100": [draw(1000, [(200, 200), (200, 700), (700, 200), (700, 700)], 100, 160, 20, 1)],
        "64 in rows, noise of a tenth": [draw(512, grid(8, 64), 12, 60, 20, 6, s) for s in range(4)],
    }


def labeled_sets(folders):
    sets = {}
    if (DATA / "img2d.pgm").exists():
        sets["`nuclei/img2d.pgm` of the test data"] = [(read_pgm(DATA / "img2d.pgm"), read_pgm(DATA / "mask2d.pgm"))]
    for folder in map(pathlib.Path, folders):
        sets[folder.name] = [(read_pgm(p), np.load(p.with_suffix(".npy"))) for p in sorted(folder.glob("*.pgm"))]
    return sets


def with_quoin(folder, image):
    with tempfile.TemporaryDirectory() as out:
        file, labels = pathlib.Path(out, "i.pgm"), pathlib.Path(out, "l.pgm")
        white = 65535 if image.itemsize == 2 else 255
        samples = image.astype(">u2" if image.itemsize == 2 else "u1").tobytes()
        file.write_bytes(b"P5\n%d %d\n%d\n" % (*image.shape[::-1], white) + samples)
        command = [os.path.join(folder, "quoin-nuclei"), file, "--labels", labels]
        subprocess.run(command, check=True, capture_output=True)
        return read_pgm(labels)


def with_recipe(image):
    smooth = filters.gaussian(image, 1, preserve_range=True)
    mask = smooth > filters.threshold_otsu(smooth)
    distance = ndimage.distance_transform_edt(mask)
    peaks = feature.peak_local_max(distance, min_distance=5, labels=ndimage.label(mask)[0])
    markers = np.zeros(image.shape, int)
    markers[tuple(peaks.T)] = np.arange(len(peaks)) + 1
    return segmentation.watershed(-distance, markers, mask=mask)


def score(truth, found):
    """(true ones, found ones, pairs with an intersection of half of the union or more, the sum of their shares)."""
    truth, found = truth.astype(np.int64), found.astype(np.int64)
    columns = found.max() + 1
    both = np.bincount((truth * columns + found).ravel(), minlength=(truth.max() + 1) * columns).reshape(-1, columns)
    one, other = both.sum(1), both.sum(0)
    share = (both / np.maximum(1, one[:, None] + other - both))[1:, 1:]
    hits = share[share >= 0.5]
    return np.array([(one[1:] > 0).sum(), (other[1:] > 0).sum(), len(hits), hits.sum()])


def main(folder, *folders):
    print("| Images | True | quoin: found | false | mean IoU | recipe: found | false | mean IoU |\n" + "|---" * 8 + "|")
    worse = 0
    drawn = drawn_sets()
    for name, images in {**drawn, **labeled_sets(folders)}.items():
        ours = sum(score(truth, with_quoin(folder, image)) for image, truth in images)
        theirs = sum(score(truth, with_recipe(image)) for image, truth in images)
        cells = [f"{n[2]:.0f} | {n[1] - n[2]:.0f} | {n[3] / n[2] if n[2] else 0:.2f}" for n in (ours, theirs)]
        print(f"| {name} | {ours[0]:.0f} | {cells[0]} | {cells[1]} |")
        least, most = (theirs[2], np.inf) if name in drawn else LEAST.get(ours[0], (0, np.inf))
        worse += ours[2] < least or ours[1] - ours[2] > most
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
