# SPDX-License-Identifier: BSL-1.0
"""Times quoin's Python package beside what cv2, Pillow and scikit-image call the same, as a script calls them:
from_python.py [--sizes 512x512 1920x1080 3840x2160] [--rounds N] [--only NAME]

One thread each, arrays in memory, results in new arrays. Before anything is timed, the results are held against each
other; a difference that the definitions do not explain is a failure and exit status 1. All calls of an operation are then
made in turns, and the medians of the processor's time of this thread count, so that other work on the machine counts only
as far as it shares caches and memory. Peers that cannot be imported are named and left out. Prints a table in Markdown:
milliseconds of quoin, and of each peer with how many times as long it takes."""
import argparse
import importlib
import importlib.metadata
import statistics
import sys
import time

import numpy

import quoin

POLICY = "simd"


def peers():
    """{name: module} of those that there are."""
    found = {}
    for name, module in (("cv2", "cv2"), ("Pillow", "PIL"), ("scikit-image", "skimage")):
        try:
            found[name] = importlib.import_module(module)
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
    if "cv2" in found:
        found["cv2"].setNumThreads(1)
    return found


def scene(width, height):
    """Smooth shapes, edges and noise: (color, gray)."""
    generator = numpy.random.default_rng(1)
    y, x = numpy.mgrid[:height, :width].astype(numpy.float32)
    planes = [120 + 80 * numpy.sin(x / (37 + 5 * c)) * numpy.cos(y / 53) for c in range(3)]
    color = numpy.stack(planes, axis=-1)
    color[height // 4 : height // 2, width // 3 : width // 2] += 60
    color += generator.normal(0, 6, (height, width, 1))
    color = color.clip(0, 255).astype(numpy.uint8)
    return color, numpy.ascontiguousarray(color[..., 1])


def operations(color, gray, found):
    """(name, quoin's call, {peer: call}, largest difference, margin)."""
    height, width = gray.shape
    half = (width // 2, height // 2)
    calls = []

    def add(name, pipeline, image, others, difference=0, margin=0):
        text = str(pipeline)
        calls.append((name, lambda: quoin.run(pipeline, image, policy=POLICY), others, difference, margin, text))

    def of(**all_of):
        return {name: call for name, call in ((k.replace("scikit_image", "scikit-image"), c) for k, c in all_of.items())
                if name in found}

    cv2 = found.get("cv2")
    pillow = {}
    if "Pillow" in found:
        from PIL import Image, ImageFilter

        pillow = {"color": Image.fromarray(color), "gray": Image.fromarray(gray), "filter": ImageFilter, "image": Image}
    if "scikit-image" in found:
        from skimage import feature, filters, measure
    square = numpy.ones((15, 15), numpy.uint8)
    mask = gray > 140
    bytes_of_mask = mask.view(numpy.uint8)
    real = gray.astype(numpy.float32)

    add("gray of color", quoin.gray(), color, of(
        cv2=lambda: cv2.cvtColor(color, cv2.COLOR_RGB2GRAY),
        Pillow=lambda: pillow["color"].convert("L")), 1)
    add("Gaussian 3 x 3", quoin.gaussian3(), gray, of(cv2=lambda: cv2.GaussianBlur(gray, (3, 3), 0)), 1, 2)
    add("median of 5 x 5", quoin.median(5), gray, of(
        cv2=lambda: cv2.medianBlur(gray, 5),
        Pillow=lambda: pillow["gray"].filter(pillow["filter"].MedianFilter(5))), 0, 3)
    add("mean of 15 x 15", quoin.box(15), gray, of(
        cv2=lambda: cv2.blur(gray, (15, 15)),
        Pillow=lambda: pillow["gray"].filter(pillow["filter"].BoxBlur(7))), 1, 8)
    add("erosion by 15 x 15", quoin.erode(15), gray, of(cv2=lambda: cv2.erode(gray, square)), 0, 8)
    add("half the size, triangle", quoin.resize(half), color, of(
        Pillow=lambda: pillow["color"].resize(half, pillow["image"].BILINEAR)), 0)
    add("Gaussian of sigma 3, float", quoin.gaussian(3), real, of(
        cv2=lambda: cv2.GaussianBlur(real, (0, 0), 3),
        scikit_image=lambda: filters.gaussian(real, 3, preserve_range=True)), 1, 16)
    add("gray, Gaussian, 5 x 5 median, threshold", quoin.gray | quoin.gaussian3 | quoin.median(5) | quoin.threshold(120),
        color, of(cv2=lambda: cv2.threshold(cv2.medianBlur(cv2.GaussianBlur(
            cv2.cvtColor(color, cv2.COLOR_RGB2GRAY), (3, 3), 0), 5), 120, 255, cv2.THRESH_BINARY)[1]), 255, 4)
    add("difference of Gaussians, float", quoin.extend("replicate") | quoin.difference_of_gaussians(1, 1.6), real, of(
        scikit_image=lambda: filters.difference_of_gaussians(real, 1, 1.6)), 1e-3)
    # A point that is equal to the middle is above it; in scikit-image that depends on the rounding.
    add("local binary patterns", quoin.extend("constant", 0) | quoin.local_binary_pattern(), gray, of(
        scikit_image=lambda: feature.local_binary_pattern(gray, 8, 1)), 255)
    calls.append(("histograms of gradients", lambda: quoin.hog(gray, policy=POLICY), of(
        scikit_image=lambda: feature.hog(gray, feature_vector=False)), 1e-6, 0, "quoin.hog"))
    calls.append(("labels of components", lambda: quoin.labels(mask, policy=POLICY), of(
        cv2=lambda: cv2.connectedComponents(bytes_of_mask, connectivity=4)[1],
        scikit_image=lambda: measure.label(mask, connectivity=1)), 0, 0, "quoin.labels"))
    return calls


def held_against(name, ours, peer, theirs, difference, margin):
    theirs = numpy.asarray(theirs)
    inner = slice(margin, -margin or None)
    a, b = (v[inner, inner].astype(numpy.float64) for v in (numpy.asarray(ours), theirs))
    if a.shape != b.shape:
        sys.exit(f"{name}: {peer} gives {theirs.shape}")
    if name.startswith("labels"):  # other numbers for the same components
        pairs = len(set(zip(a.ravel().tolist(), b.ravel().tolist())))
        if not pairs == len(numpy.unique(a)) == len(numpy.unique(b)):
            sys.exit(f"{name}: {peer} has other components")
        return
    apart = numpy.abs(a - b)
    share = (apart > 0).mean()
    if apart.max() > difference or (numpy.asarray(ours).dtype.kind == "u" and share > (0.5 if difference <= 1 else 0.02)):
        sys.exit(f"{name}: {peer} differs by up to {apart.max()}, in {100 * share:.2f} % of the elements")


def milliseconds(calls, rounds):
    """The medians of calls that are made in turns, each as often in a turn as takes some milliseconds."""
    times = [[] for _ in calls]
    counts = []
    for call in calls:
        call()
        start = time.thread_time()
        call()
        counts.append(max(1, round(5e-3 / max(time.thread_time() - start, 1e-6))))
    for _ in range(rounds):
        for call, count, to in zip(calls, counts, times):
            start = time.thread_time()
            for _ in range(count):
                call()
            to.append((time.thread_time() - start) / count)
    return [1e3 * statistics.median(t) for t in times]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=["512x512", "1920x1080", "3840x2160"])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    found = peers()
    versions = {"cv2": found["cv2"].__version__} if "cv2" in found else {}
    versions |= {n: importlib.metadata.version(n.lower()) for n in found if n != "cv2"}
    print("Beside " + ", ".join(f"{n} {v}" for n, v in versions.items()) + f"; NumPy {numpy.__version__}\n")
    print("| Operation | Pixels | quoin, ms | " + " | ".join(found) + " |")
    print("|---|---|---|" + "---|" * len(found))
    for size in arguments.sizes:
        width, height = map(int, size.split("x"))
        color, gray = scene(width, height)
        for name, ours, others, difference, margin, _ in operations(color, gray, found):
            if arguments.only not in name:
                continue
            result = ours()
            for peer, call in others.items():
                held_against(name, result, peer, call(), difference, margin)
            first, *rest = milliseconds([ours, *others.values()], arguments.rounds)
            cells = {peer: f"{t:.3g}: {t / first:.2f}x" for peer, t in zip(others, rest)}
            row = " | ".join(cells.get(peer, "") for peer in found)
            print(f"| {name} | {width} x {height} | {first:.3g} | {row} |", flush=True)


if __name__ == "__main__":
    main()
