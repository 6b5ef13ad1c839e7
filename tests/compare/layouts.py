# SPDX-License-Identifier: BSL-1.0
"""The .gds of quoin-segment, as gdstk and KLayout read it, against the .csv.

    layouts.py FOLDER

FOLDER holds the executables; QUOIN_DATA names the folder of the real images. Exit status 77: neither of the two modules
(pip install gdstk klayout) is here, or the image is missing.
"""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

IMAGE = pathlib.Path(os.environ.get("QUOIN_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
IMAGE /= "chips/gcd_45nm_simed.png"
CELL, LAYER, UNIT = "METAL", (7, 3), 5e-9


def by_gdstk(path):
    """(names of the top cells, meters of a database unit, boxes as (left, low, right, high) on the layer)"""
    library = gdstk.read_gds(path)
    (top,) = library.top_level()
    scale, boxes = library.unit / library.precision, []
    for polygon in top.get_polygons(layer=LAYER[0], datatype=LAYER[1]):
        assert len(polygon.points) == 4
        (left, low), (right, high) = polygon.bounding_box()
        box = [round(v * scale) for v in (left, low, right, high)]
        assert abs(polygon.area() * scale**2 - (box[2] - box[0]) * (box[3] - box[1])) < 0.01
        boxes.append(tuple(box))
    return top.name, library.precision, boxes


def by_klayout(path):
    layout = klayout.db.Layout()
    layout.read(str(path))
    (top,) = layout.top_cells()
    shapes, boxes = top.begin_shapes_rec(layout.layer(*LAYER)), []
    while not shapes.at_end():
        polygon = shapes.shape().polygon.transformed(shapes.trans())
        assert polygon.is_box()
        box = polygon.bbox()
        boxes.append((box.left, box.bottom, box.right, box.top))
        shapes.next()
    return top.name, layout.dbu * 1e-6, boxes


readers, missing = [], []
try:
    import gdstk

    readers.append(by_gdstk)
except ImportError as error:
    missing.append(str(error))
try:
    import klayout.db

    readers.append(by_klayout)
except ImportError as error:
    missing.append(str(error))


def pbm_of(segment, folder):
    """The bright pixels of the image as a file that --stream reads, and its height."""
    mask = folder / "mask.pgm"
    chain = ["gray", "threshold=127"]
    subprocess.run([segment.with_name("quoin-filters"), IMAGE, "--chain", ",".join(chain), "--out", mask], check=True)
    return mask, int(mask.read_bytes().split(maxsplit=3)[2])


def main(folder):
    if not readers:
        print(f"no comparison: {'; '.join(missing)}; pip install gdstk klayout")
        return 77
    if not IMAGE.exists():
        print(f"there is no {IMAGE}")
        return 77
    segment = pathlib.Path(folder, "quoin-segment").resolve()
    with tempfile.TemporaryDirectory() as out:
        out = pathlib.Path(out)
        mask, height = pbm_of(segment, out)
        table, layout, files = out / "r.csv", out / "r.gds", {}
        for how in (["--method", "run-merge"], ["--method", "minimum"], ["--stream"], ["--gds-split", "1000"]):
            command = [segment, mask, "--threshold", "127"]
            plain = [] if how[0] == "--gds-split" else how
            subprocess.run([*command, *plain, "--rects", table], check=True, stdout=subprocess.DEVNULL)
            named = ["--gds-cell", CELL, "--gds-layer", "{}:{}".format(*LAYER), "--gds-unit", str(UNIT * 1e9)]
            subprocess.run([*command, *how, *named, "--rects", layout], check=True, stdout=subprocess.DEVNULL)
            files[how[-1]] = layout.read_bytes()
            expected = [tuple(map(int, row[:4])) for row in list(csv.reader(table.open()))[1:]]
            expected = sorted((x, height - y - h, x + w, height - y) for x, y, w, h in expected)
            for read in readers:
                name, unit, boxes = read(layout)
                assert name == CELL, (how, read, name)
                assert abs(unit / UNIT - 1) < 1e-12, (how, read, unit)
                assert sorted(boxes) == expected, (how, read)
                print(f"{' '.join(how)}: {len(boxes)} rectangles, the same {read.__name__}")
        assert files["--stream"] == files["run-merge"]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
