# SPDX-License-Identifier: BSL-1.0
"""What several processes have written is read by zarr of Python: read_zarr.py TEST_MPI MPIEXEC...

Exit status 77: there is no zarr; cmake/setup.sh --spread installs it.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "spread"))

ARRAYS = {  # type, height, width, channels, chunks
    "u16": ("uint16", 33, 70, 1, (8, 32)),
    "i16": ("int16", 2, 41, 1, (64, 64)),
    "f32": ("float32", 7, 90, 1, (3, 16)),
    "rgb": ("uint8", 101, 33, 3, (1, 17, 20)),
}


def check(folder):
    """Runs in the Python that has zarr."""
    import numpy
    import zarr

    for name, (dtype, height, width, channels, chunks) in ARRAYS.items():
        c, y, x = numpy.mgrid[:channels, :height, :width]
        wanted = ((31 * y + 3 * x + 7 * c) * 257 % 65521).astype(dtype)
        group = zarr.open_group(folder / name, mode="r")
        assert group.metadata.zarr_format == 3
        ome = group.attrs["ome"]
        scales = ome["multiscales"][0]
        array = group[scales["datasets"][0]["path"]]
        assert array.dtype == dtype and array.chunks == chunks, (name, array.dtype, array.chunks)
        assert ome["version"] == "0.5" and [axis["name"] for axis in scales["axes"]] == list(array.metadata.dimension_names)
        assert len(scales["datasets"][0]["coordinateTransformations"][0]["scale"]) == array.ndim
        numpy.testing.assert_array_equal(array[...], wanted if channels > 1 else wanted[0], name)
    print(f"{len(ARRAYS)} arrays read by zarr {zarr.__version__}")


def main(program, *mpiexec):
    import environment

    python = environment.python()
    if not os.access(python, os.X_OK) or subprocess.run([python, "-c", "import zarr"], capture_output=True).returncode != 0:
        print("skipped: needs zarr, which cmake/setup.sh --spread installs")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*mpiexec, program, "[.zarr]"], check=True, env={**os.environ, "QUOIN_ZARR_FOLDER": folder})
        return subprocess.run([python, __file__, "--check", folder], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(main(*sys.argv[1:]))
