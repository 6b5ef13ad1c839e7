# SPDX-License-Identifier: BSL-1.0
"""quoin-nuclei's table against scikit-image's regionprops of its label image.

    nuclei.py FOLDER

FOLDER holds the executables; QUOIN_DATA names the folder of the real images. Exit status 77: scikit-image or the image
is missing.
"""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from skimage.measure import regionprops
except ImportError as error:
    print(f"no comparison: {error}")
    sys.exit(77)

IMAGE = pathlib.Path(os.environ.get("QUOIN_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
IMAGE /= "nuclei/img2d.pgm"


def read_pgm(path):
    head, size, white, pixels = path.read_bytes().split(b"\n", 3)
    assert (head, white) == (b"P5", b"65535")
    width, height = map(int, size.split())
    return np.frombuffer(pixels, ">u2").reshape(height, width).astype(int)


def main(folder):
    if not IMAGE.exists():
        print(f"there is no {IMAGE}")
        return 77
    with tempfile.TemporaryDirectory() as out:
        table, labels = pathlib.Path(out, "n.csv"), pathlib.Path(out, "l.pgm")
        subprocess.run([os.path.join(folder, "quoin-nuclei"), IMAGE, "--csv", table, "--labels", labels], check=True)
        rows = list(csv.DictReader(table.open()))
        regions = regionprops(read_pgm(labels), read_pgm(IMAGE))
    assert len(rows) == len(regions) > 0, (len(rows), len(regions))
    for row, region in zip(rows, regions):
        y0, x0, y1, x1 = region.bbox
        # Here a pixel is a unit square and adds 1 / 12 to both variances; there it is a point.
        major, minor = (4 * np.sqrt(v + 1 / 12) for v in region.inertia_tensor_eigvals)
        for name, expected in {
            "id": region.label, "area": region.area, "x": x0, "y": y0, "w": x1 - x0, "h": y1 - y0,
            "cx": region.centroid[1], "cy": region.centroid[0], "major_axis": major, "minor_axis": minor,
            "eccentricity": np.sqrt(1 - (minor / major) ** 2), "mean_intensity": region.mean_intensity,
        }.items():  # fmt: skip
            assert abs(float(row[name]) - expected) < 1e-6 * max(1, abs(expected)), (row["id"], name, row[name], expected)
    print(f"{len(rows)} nuclei, the same as regionprops")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
