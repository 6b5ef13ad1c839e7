# SPDX-License-Identifier: BSL-1.0
"""Times libraries of Python on the images of quoin-bench: peers.py FOLDER RESULTS.json [--size NAME] [--threads N]

FOLDER is what `quoin-bench --images=FOLDER` has written. Of Pillow, scikit-image, Numba, cv2 and Halide those that can be
imported are measured, the others are named as not installed. Only computing is timed, on images in memory; what Numba and
Halide compile is compiled before. Before a time counts, the result is held against quoin's: the largest difference is
printed, and more than the definitions explain is a failure and exit status 1. An asterisk stands behind times that other
work disturbed.

With --quoin PROGRAM, a quoin-bench, the chain is measured once more by all that have it, quoin, OpenCV and a memcpy of its
bytes among them, in turns and on one thread each. Those times are the processor's, so that other work on the machine
counts only as far as it shares caches and memory.
"""

import argparse
import glob
import importlib
import importlib.metadata
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import chain_peers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "report"))

from results import undisturbed  # noqa: E402

REPETITIONS, LEAST_SECONDS = 5, 0.05
ROUNDS = 9
SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160), "8k": (7680, 4320)}  # of quoin-bench


def read_pnm(path):
    """(width, height, samples) of a PGM or PPM of 8 bits as quoin-bench writes it."""
    magic, size, white, samples = path.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    assert magic in (b"P5", b"P6") and white == b"255", path
    return width, height, samples


def waited_seconds():
    """How long the threads of this process were ready while other work had the cores."""
    total = 0
    for name in glob.glob("/proc/self/task/*/schedstat"):
        try:
            with open(name, encoding="utf-8") as file:
                total += int(file.read().split()[1]) / 1e9
        except OSError:  # the thread has ended
            pass
    return total


def seconds_of(work, threads):
    """(times, whether other work disturbed them): one time for each repetition that counts, of as many calls as it
    takes to be measured."""
    start = time.perf_counter()
    work()
    calls = max(1, round(LEAST_SECONDS / max(time.perf_counter() - start, 1e-6)))
    times = []
    for _ in range(REPETITIONS):
        waited, start = waited_seconds(), time.perf_counter()
        for _ in range(calls):
            work()
        passed = time.perf_counter() - start
        times.append({"waited": (waited_seconds() - waited) / passed, "seconds": passed / calls})
    counted, disturbed = undisturbed(times, threads)
    return [t["seconds"] for t in counted], disturbed


class Images:
    """Inputs and quoin's results."""

    def __init__(self, folder):
        self.folder = folder
        self.width, self.height, self.gray = read_pnm(folder / "scene.pgm")
        self.color = read_pnm(folder / "scene.ppm")[2]
        self.layer = read_pnm(folder / "layer.pgm")[2]
        self.numbers = json.loads((folder / "numbers.json").read_text())

    def expected(self, job):
        return read_pnm(self.folder / f"{job}.pgm")[2]

    def difference(self, job, result, margin):
        """The largest difference of two planes of bytes, `margin` pixels away from the border."""
        expected = self.expected(job)
        if len(result) != len(expected):
            return float("inf")
        largest = 0
        for y in range(margin, self.height - margin):
            row = slice(y * self.width + margin, (y + 1) * self.width - margin)
            if result[row] != expected[row]:
                largest = max(largest, max(abs(a - b) for a, b in zip(result[row], expected[row])))
        return largest


# Each library gives (job, threads, work, difference(result), allowed difference, what is different by definition).


def pillow_jobs(images, _):
    from PIL import Image, ImageFilter

    size = images.width, images.height
    gray = Image.frombytes("L", size, images.gray)
    color = Image.frombytes("RGB", size, images.color)

    def job(name, work, allowed, margin, note=""):
        return name, 1, work, lambda r: images.difference(name.split("<")[0], r.tobytes(), margin), allowed, note

    def kernel(side, values, scale):
        f = ImageFilter.Kernel((side, side), values, scale)
        return lambda: gray.filter(f)

    log = [0, 0, -1, 0, 0, 0, -1, -2, -1, 0, -1, -2, 16, -2, -1, 0, -1, -2, -1, 0, 0, 0, -1, 0, 0]
    level = [255 * (v > 127) for v in range(256)]
    borders = "border pixels are left as they are"
    yield job("gray<rgb-u8>", lambda: color.convert("L"), 1, 0)
    yield job("gaussian3<u8>", kernel(3, [1, 2, 1, 2, 4, 2, 1, 2, 1], 16), 1, 1, borders)
    yield job("sharpen<u8>", kernel(3, [-2, -2, -2, -2, 32, -2, -2, -2, -2], 16), 1, 1, borders)
    yield job("correlate-5x5<u8>", kernel(5, log, 1), 1, 2, borders)
    yield job("box-15<u8>", lambda: gray.filter(ImageFilter.BoxBlur(7)), 1, 7, "the border is replicated")
    yield job("threshold<u8>", lambda: gray.point(level), 0, 0)
    yield (
        "histogram<u8>",
        1,
        gray.histogram,
        lambda r: max(abs(a - b) for a, b in zip(r, images.numbers["histogram"])),
        0,
        "",
    )


def array(samples, height, width, channels=1):
    import numpy

    shape = (height, width) if channels == 1 else (height, width, channels)
    return numpy.frombuffer(samples, numpy.uint8).reshape(shape)


def largest(result, expected, margin=0):
    import numpy

    inner = slice(margin, -margin or None)
    return float(numpy.abs(result[inner, inner].astype(numpy.float64) - expected[inner, inner]).max())


def scikit_jobs(images, _):
    import numpy
    from skimage import filters, measure

    gray = array(images.gray, images.height, images.width)
    layer = array(images.layer, images.height, images.width)
    real = gray.astype(numpy.float32)

    def plane(job):
        return array(images.expected(job), images.height, images.width)

    yield (
        "gaussian-3<u8>",
        1,
        lambda: filters.gaussian(real, 3, mode="mirror", truncate=3, preserve_range=True),
        lambda r: largest(r, plane("gaussian-3")),
        1,
        "in float, not rounded",
    )
    yield (
        "sobel_magnitude<u8>",
        1,
        lambda: numpy.minimum(4 * numpy.hypot(filters.sobel_h(real), filters.sobel_v(real)), 255),
        lambda r: largest(r, plane("sobel_magnitude"), 1),
        1,
        "in float, not rounded; other borders",
    )
    yield ("otsu<u8>", 1, lambda: filters.threshold_otsu(gray), lambda r: abs(float(r) - images.numbers["otsu"]), 0, "")
    yield (
        "components<u8>",
        1,
        lambda: numpy.bincount(measure.label(layer > 120, connectivity=1).ravel()),
        lambda r: abs(len(r) - 1 - images.numbers["components"]),
        0,
        "areas alone",
    )


def numba_jobs(images, threads):
    import numba
    import numpy

    gray = array(images.gray, images.height, images.width)
    color = array(images.color, images.height, images.width, 3)
    compiled = numba.njit(parallel=True, nogil=True)

    @compiled
    def luma(source, out):
        for y in numba.prange(source.shape[0]):
            for x in range(source.shape[1]):
                p = source[y, x]
                out[y, x] = (
                    9798 * numpy.int32(p[0]) + 19235 * numpy.int32(p[1]) + 3735 * numpy.int32(p[2]) + 16384
                ) >> 15

    @compiled
    def blur(source, out):
        height, width = source.shape
        for y in numba.prange(height):
            a, b, c = source[abs(y - 1)], source[y], source[y + 1 if y + 1 < height else height - 2]
            line = numpy.empty(width + 2, numpy.int32)
            for x in range(width):
                line[x + 1] = numpy.int32(a[x]) + 2 * numpy.int32(b[x]) + numpy.int32(c[x])
            line[0], line[width + 1] = line[2], line[width - 1]
            for x in range(width):
                out[y, x] = (line[x] + 2 * line[x + 1] + line[x + 2] + 8) >> 4

    @compiled
    def level(source, out):
        for y in numba.prange(source.shape[0]):
            for x in range(source.shape[1]):
                out[y, x] = 255 if source[y, x] > 127 else 0

    out = numpy.empty((images.height, images.width), numpy.uint8)

    def job(name, function, source, count):
        def work():
            numba.set_num_threads(count)
            function(source, out)
            return out

        work()
        expected = array(images.expected(name.split("<")[0]), images.height, images.width)
        return name, count, work, lambda r: largest(r, expected), 0, ""

    yield from chain_peers.numba_jobs(images, threads)
    for count in sorted({1, min(threads, numba.config.NUMBA_NUM_THREADS)}):
        yield job("gray<rgb-u8>", luma, color, count)
        yield job("gaussian3<u8>", blur, gray, count)
        yield job("threshold<u8>", level, gray, count)


PEERS = [
    ("Pillow", "PIL", "pillow", pillow_jobs),
    ("scikit-image", "skimage", "scikit-image", scikit_jobs),
    ("Numba", "numba", "numba", numba_jobs),
    ("Pillow + cv2", "cv2", None, chain_peers.seed_jobs),
    ("Halide", "halide", "halide", chain_peers.halide_jobs),
]


def version_of(module, package):
    """None where the library is not installed."""
    try:
        imported = importlib.import_module(module)
        return importlib.metadata.version(package) if package else imported.__version__
    except ImportError:
        return None
    except importlib.metadata.PackageNotFoundError:
        return imported.__version__


def processor_ms(work):
    """Of one call: the mean of as many as it takes to be measured, which is what quoin-bench says."""
    calls, start = 0, time.thread_time()
    while time.thread_time() - start < LEAST_SECONDS:
        work()
        calls += 1
    return 1000 * (time.thread_time() - start) / calls


def quoins_ms(program, size):
    """What quoin-bench takes for the chain and the memcpy of its bytes, one time each."""
    names = f"^(chain-5<rgb-u8>/{size}/(serial|simd|opencv)|memcpy-4B/{size}/serial)/"
    options = ["--threads=1", "--benchmark_format=json", f"--benchmark_min_time={LEAST_SECONDS}"]
    done = subprocess.run([program, f"--benchmark_filter={names}", *options], check=True, capture_output=True, text=True)
    found = {}
    for run in json.loads(done.stdout)["benchmarks"]:
        job, _, policy = run["name"].split("/")[:3]
        name = "memcpy" if job.startswith("memcpy") else "OpenCV" if policy == "opencv" else f"quoin, {policy}"
        found[name] = run["cpu_time"]
    return found


def side_by_side(program, size, chains):
    """The chain by everyone in turns: {name: times in ms}, the shortest first."""
    times = {}
    for _ in range(ROUNDS):
        turn = quoins_ms(program, size)
        turn.update((name, processor_ms(work)) for name, work in chains.items())
        for name, ms in turn.items():
            times.setdefault(name, []).append(round(ms, 5))
    return dict(sorted(times.items(), key=lambda item: statistics.median(item[1])))


def print_side_by_side(times, size, pixels):
    ours = statistics.median(times.get("quoin, simd") or times["quoin, serial"])
    copy = statistics.median(times["memcpy"])
    print(f"\nthe chain at {size}, one thread, milliseconds of the processor in {ROUNDS} turns")
    print("{:34} {:>9} {:>9} {:>7} {:>8} {:>9}".format("", "median", "least", "ns/px", "/ quoin", "/ memcpy"))
    for name, ms in times.items():
        m = statistics.median(ms)
        print(f"{name:34} {m:9.3f} {min(ms):9.3f} {m * 1e6 / pixels:7.3f} {m / ours:8.2f} {m / copy:9.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--size", default="1080p", choices=SIZES, help="of the images, by its name (1080p)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--quoin", metavar="PROGRAM")
    parser.add_argument("--chain", action="store_true", help="the chain alone")
    arguments = parser.parse_args()

    images = Images(arguments.folder)
    if (images.width, images.height) != SIZES[arguments.size]:
        parser.error(f"--size {arguments.size}: the images in {arguments.folder} have {images.width} x {images.height} pixels; "
                     "name their size")  # fmt: skip
    pixels = images.width * images.height
    report = {"size": arguments.size, "pixels": pixels, "peers": [], "rows": []}
    failed, chains = False, {}
    for peer, module, package, jobs in PEERS:
        version = version_of(module, package)
        report["peers"].append({"name": peer, "version": version})
        if version is None:
            print(f"{peer}: not installed")
            continue
        for name, threads, work, difference, allowed, note in jobs(images, arguments.threads):
            is_chain = name == chain_peers.JOB
            if arguments.chain and not is_chain:
                continue
            found = difference(work())
            same = found <= allowed
            failed = failed or not same
            if same and is_chain:
                chains[f"{peer} {version}, {note.split(':')[0]}"] = work
            times, disturbed = seconds_of(work, threads) if same else ([], False)
            row = {
                "peer": peer,
                "job": name,
                "threads": threads,
                "max_difference": found,
                "allowed": allowed,
                "note": note,
                "disturbed": disturbed,
                "ms": [round(1000 * t, 5) for t in times],
            }
            report["rows"].append(row)
            star = "*" if disturbed else " "
            result = f"{1000 * statistics.median(times):10.3f} ms{star}" if same else "    FAILED    "
            print(
                f"{peer:13} {name:20} {threads} threads {result}  max difference {found:g}, allowed {allowed:g}"
                + (f"; {note}" if note else "")
            )
    if arguments.quoin:
        report["chain"] = side_by_side(arguments.quoin, arguments.size, chains)
        print_side_by_side(report["chain"], arguments.size, pixels)
    arguments.results.write_text(json.dumps(report, indent=1) + "\n")
    return 1 if failed else 0


sys.exit(main())
