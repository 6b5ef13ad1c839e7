# SPDX-License-Identifier: BSL-1.0
"""--policy mpi of quoin-segment and quoin-filters on several processes, beside one: processes.py BIN_DIR [RANKS...]"""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

BIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/release/examples")
RANKS = [int(n) for n in sys.argv[2:]] or [3]
SEED = random.SystemRandom().randrange(1 << 32)
ENVIRONMENT = dict(
    os.environ,
    OMPI_ALLOW_RUN_AS_ROOT="1",
    OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
    OMPI_MCA_rmaps_base_oversubscribe="1",
    OMPI_MCA_mpi_yield_when_idle="1",
)


def run(ranks, program, *arguments, **more):
    """The program alone for 0 ranks, or as many processes of it."""
    command = [os.path.join(BIN, program), *map(str, arguments)]
    if ranks:
        command = ["mpirun", "-np", str(ranks), *command, "--policy", "mpi"]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=120, **more)


def pnm(numbers, width, height, channels, bits):
    head = f"{'P5' if channels == 1 else 'P6'}\n{width} {height}\n{(1 << bits) - 1}\n".encode()
    return head + numbers.randbytes(width * height * channels * bits // 8)


def shapes(numbers, width, height):
    """Bright boxes, many of which cross the bands, and noise."""
    pixels = [bytearray(numbers.choices((10, 20, 200), (20, 20, 1), k=width)) for _ in range(height)]
    for _ in range(12):
        x, y = numbers.randrange(width), numbers.randrange(height)
        for row in pixels[y : y + numbers.randrange(1, height + 1)]:
            row[x : x + 9] = bytes([230]) * len(row[x : x + 9])
    return f"P5\n{width} {height}\n255\n".encode() + b"".join(pixels)


def own_lines(errors, program):
    """Of what several processes and mpirun say, the lines of the program."""
    return [line for line in errors.decode().splitlines() if line.startswith(program + ": ")]


class Processes(unittest.TestCase):
    def setUp(self):
        self.numbers = random.Random(SEED)
        self._folder = tempfile.TemporaryDirectory()
        self.dir = pathlib.Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def same(self, outputs, program, *arguments):
        """Checks that the files and the texts of all numbers of processes are those of one program."""

        def results(ranks):
            r = run(ranks, program, *arguments)
            self.assertEqual(r.returncode, 0, r.stderr.decode())
            found = [(self.dir / name).read_bytes() for name in outputs]
            for name in outputs:
                (self.dir / name).unlink()
            return r.stdout, sorted(own_lines(r.stderr, program)), found

        expected = results(0)
        for ranks in RANKS:
            self.assertEqual(results(ranks), expected, f"{ranks} ranks: {program} {arguments}")

    def fails(self, status, sentence, program, *arguments):
        """Checks that all processes end with one sentence."""
        for ranks in RANKS:
            r = run(ranks, program, *arguments)
            self.assertEqual(r.returncode, status, r.stderr.decode())
            lines = set(own_lines(r.stderr, program))
            self.assertEqual(len(lines), 1, r.stderr.decode())
            self.assertIn(sentence, lines.pop())

    def test_rectangles(self):
        image, color = self.dir / "in.pgm", self.dir / "color.ppm"
        outputs = "r.csv", "c.csv", "o.png"
        files = "--rects", self.dir / "r.csv", "--components", self.dir / "c.csv", "--overlay", self.dir / "o.png"
        for width, height in (67, 41), (130, 2), (1, 1):
            image.write_bytes(shapes(self.numbers, width, height))
            self.same(outputs, "quoin-segment", image, "--open", 1, "--fill-holes", 9, "--min-area", 4, *files)
            for method in ["minimum"], ["minimum", "--max-phases", 0], ["minimum", "--open", 1], ["regularize"]:
                self.same(outputs, "quoin-segment", image, "--method", *method, *files)
            self.same(["r.json"], "quoin-segment", image, "--method", "minimum", "--rects", self.dir / "r.json")
        color.write_bytes(pnm(self.numbers, 30, 17, 3, 16))
        self.same(outputs, "quoin-segment", color, "--invert", *files)
        for rects in "r.json", "r.gds":
            self.same([rects], "quoin-segment", image, "--threshold", 100, "--rects", self.dir / rects)
        self.same([], "quoin-segment", image, "--threshold", 100, "--rects", "-")

    def test_other_files_than_pnm(self):
        image = self.dir / "in.ppm"
        image.write_bytes(pnm(self.numbers, 40, 23, 3, 8))
        for name in "in.png", "in.tif", "in.bmp":
            made = self.dir / name
            self.assertEqual(run(0, "quoin-filters", image, "--out", made, "--chain", "gaussian3").returncode, 0)
            self.same(["r.csv"], "quoin-segment", made, "--rects", self.dir / "r.csv")
            self.same(["r.csv"], "quoin-segment", made, "--channel", "r", "--rects", self.dir / "r.csv")
            for out in "o.ppm", "o.png", "o.tif":
                self.same([out], "quoin-filters", made, "--chain", "box=3", "--out", self.dir / out)

    def test_chains(self):
        image, other, maps = self.dir / "in.pgm", self.dir / "other.pgm", self.dir / "map.pfm"
        chains = (
            "gaussian=1.5,sobel_magnitude",
            "median=5,flip_y,resize=31x44,gaussian3",
            "extend=wrap,box=7",
            "equalize",
            "gaussian3,equalize,box=3",
            "gaussian3,rotate=30,box=3",
            "gaussian3,area_open=20,box=3",
            "subtract(#1,gaussian=3)",
            "absdiff(gaussian3,rotate=10),box=3",
            "convert_to=f32,gaussian=2",
        )
        for width, height in (67, 41), (50, 2), (1, 1):
            image.write_bytes(pnm(self.numbers, width, height, 1, 8))
            other.write_bytes(pnm(self.numbers, width, height, 1, 8))
            for chain in chains:
                if "area_open" in chain and width == 50:
                    continue
                out = "o.tif" if chain.startswith("convert") else "o.pgm"
                more = ["--with", other] if "absdiff" in chain else []
                self.same([out], "quoin-filters", image, *more, "--chain", chain, "--out", self.dir / out)

    def test_several_files(self):
        inputs = []
        for k in range(3):
            inputs.append(self.dir / f"{k}.ppm")
            inputs[-1].write_bytes(pnm(self.numbers, 20 + k, 9 + k, 3, 16))
        arguments = *inputs, "--out", self.dir / "out", "--chain", "gaussian3"
        self.same([f"out/{k}.png" for k in range(3)], "quoin-filters", *arguments)
        inputs[1].write_bytes(inputs[1].read_bytes()[:-1])
        self.fails(1, "is truncated", "quoin-filters", *arguments)
        self.assertEqual(sorted(p.name for p in (self.dir / "out").iterdir()), ["0.png", "2.png"])

    def test_errors(self):
        image = self.dir / "in.pgm"
        image.write_bytes(shapes(self.numbers, 30, 20))
        for option in ("--stream",), ("--trace", self.dir / "t.json"):
            self.fails(2, "leave it", "quoin-segment", image, *option)
        self.fails(2, "--trace cannot be had", "quoin-filters", image, "--out", self.dir / "o.pgm", "--trace", "t.json")
        self.fails(1, "No such file", "quoin-segment", self.dir / "none.pgm")
        self.fails(1, "--threshold 300 is above every value", "quoin-segment", image, "--threshold", 300)
        self.fails(1, "none", "quoin-segment", image, "--rects", self.dir / "none" / "r.csv")
        self.fails(1, "--chain", "quoin-filters", image, "--out", self.dir / "o.pgm", "--chain", "crop=0:0:99:99")
        self.fails(1, "cannot be made", "quoin-filters", image, "--out", image / "o.pgm")
        self.assertEqual([p.name for p in self.dir.iterdir()], ["in.pgm"])


    def test_one_fails_alone(self):
        """A folder that only the first one has: the others fail before it can know, and end it."""
        image = self.dir / "in.pgm"
        image.write_bytes(shapes(self.numbers, 30, 20))
        (self.dir / "first/sub").mkdir(parents=True)
        (self.dir / "others").mkdir()
        program = os.path.join(BIN, "quoin-segment")
        work = [program, image, "--policy", "mpi", "--rects", "sub/r.csv"]
        command = ["mpirun", "-np", "1", "-wdir", self.dir / "first", *work]
        command += [":", "-np", "2", "-wdir", self.dir / "others", *work]
        begin = time.monotonic()
        r = subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=120)
        self.assertEqual(r.returncode, 1, r.stderr.decode())
        self.assertIn("there is no folder sub; make it first", r.stderr.decode())
        self.assertLess(time.monotonic() - begin, 60)
        self.assertEqual(list((self.dir / "first/sub").iterdir()), [])

    def test_killed(self):
        """A process that is killed half-way ends the others, and no result has its name."""
        image = self.dir / "in.pgm"
        image.write_bytes(shapes(self.numbers, 300, 200))
        ranks = max(RANKS + [2])
        for program, option, victim in ("quoin-segment", "--rects", 0), ("quoin-filters", "--out", ranks - 1):
            out = self.dir / ("o.csv" if option == "--rects" else "o.pgm")
            command = ["mpirun", "-np", str(ranks), os.path.join(BIN, program), image, option, out]
            command += ["--policy", "mpi", "--repeat", "1000000"]
            job = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                running = {}
                deadline = time.monotonic() + 60
                while len(running) < ranks and time.monotonic() < deadline:
                    time.sleep(0.1)
                    running = processes_of(program, image)
                self.assertEqual(sorted(running), list(range(ranks)))
                time.sleep(2)  # they are at work
                os.kill(running[victim], signal.SIGKILL)
                killed = time.monotonic()
                self.assertNotEqual(job.wait(timeout=60), 0)
                while processes_of(program, image) and time.monotonic() < killed + 60:
                    time.sleep(0.1)
                print(f"{program}: ended {time.monotonic() - killed:.1f} s after rank {victim} was killed")
                self.assertEqual(processes_of(program, image), {})
            finally:
                job.kill()
                job.wait()
            self.assertEqual([p.name for p in self.dir.iterdir()], ["in.pgm"])


def processes_of(program, image):
    """The process numbers of the ranks that work on a file."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            if len(command) < 2 or not command[0].endswith(program.encode()) or command[1] != os.fsencode(image):
                continue
            for variable in (entry / "environ").read_bytes().split(b"\0"):
                if variable.startswith(b"OMPI_COMM_WORLD_RANK="):
                    found[int(variable.split(b"=")[1])] = int(entry.name)
        except OSError:
            continue  # it has ended
    return found


if __name__ == "__main__":
    print("seed", SEED)
    if not shutil.which("mpirun"):
        print("SKIPPED: there is no mpirun")
        sys.exit(77)
    if b"mpi" not in run(0, "quoin-segment", "--list-policies").stdout.split():
        print("SKIPPED: this build has no MPI")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
