# SPDX-License-Identifier: BSL-1.0
"""quoin-nuclei's table against what OpenCV and numpy measure in its label image.

    nuclei.py FOLDER

FOLDER holds the executables; QUOIN_DATA names the folder of the real images. Exit status 77: OpenCV or the image is
missing.
"""
import csv
import math
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import cv2
    import numpy as np
except ImportError as error:
    print(f"no comparison: {error}; install python3-opencv and python3-numpy")
    sys.exit(77)

IMAGE = pathlib.Path(os.environ.get("QUOIN_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
IMAGE /= "nuclei/img2d.pgm"


def measured(region, values):
    """What the table says of the set pixels of a mask."""
    x, y, w, h = cv2.boundingRect(region)
    m = cv2.moments(region, binaryImage=True)
    # Here a pixel is a unit square and adds 1 / 12 to both variances; there it is a point.
    covariance = np.array([[m["mu20"], m["mu11"]], [m["mu11"], m["mu02"]]]) / m["m00"] + np.eye(2) / 12
    (minor, major), vectors = np.linalg.eigh(covariance)
    around = np.pad(region, 1).astype(int)
    sides = sum(np.abs(np.diff(around, axis=axis)).sum() for axis in (0, 1))
    return {
        "area": m["m00"], "x": x, "y": y, "w": w, "h": h, "cx": m["m10"] / m["m00"], "cy": m["m01"] / m["m00"],
        "perimeter": math.pi / 4 * sides, "major_axis": 4 * math.sqrt(major), "minor_axis": 4 * math.sqrt(minor),
        "eccentricity": math.sqrt(1 - minor / major), "mean_intensity": cv2.mean(values, region)[0],
        "orientation": math.degrees(math.atan2(vectors[1, 1], vectors[0, 1])),
    }  # fmt: skip


def main(folder):
    if not IMAGE.exists():
        print(f"there is no {IMAGE}")
        return 77
    with tempfile.TemporaryDirectory() as out:
        table, labels = pathlib.Path(out, "n.csv"), pathlib.Path(out, "l.pgm")
        subprocess.run([os.path.join(folder, "quoin-nuclei"), IMAGE, "--csv", table, "--labels", labels], check=True)
        rows = list(csv.DictReader(table.open()))
        labels, values = (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) for path in (labels, IMAGE))
    assert len(rows) == labels.max() > 0, (len(rows), labels.max())
    for number, row in enumerate(rows, 1):
        assert int(row["id"]) == number, row["id"]
        for name, expected in measured((labels == number).astype(np.uint8), values).items():
            difference = float(row[name]) - expected
            if name == "orientation":  # an axis has two directions
                difference = (difference + 90) % 180 - 90
            assert abs(difference) < 1e-6 * max(1, abs(expected)), (number, name, row[name], expected)
    print(f"{len(rows)} nuclei, the same as OpenCV's")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
