# SPDX-License-Identifier: BSL-1.0
"""Times CuPy and PyTorch on the GPU with the same work as bench/gpu.sh run, pixels resident: peers.py [RESULTS.json]

    peers.py --check     compares both programs' arithmetic with NumPy's on the CPU, where there is no GPU

Each library runs a 3x3 blur of bytes and the chain gray, gaussian3, sobel_magnitude, sharpen, brightness(1.2). CuPy uses
cupyx.scipy.ndimage, PyTorch conv2d in float32. Rounding is theirs, so results are near quoin's and not the same. Times
are added to RESULTS.json as "peers". What Python does not have is named and left out.
"""
import json
import statistics
import sys
import time

SIZES = {"4k": (2160, 3840), "8k": (4320, 7680)}
LUMA = (0.299, 0.587, 0.114)
BLUR = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
SHARP = [[-2, -2, -2], [-2, 32, -2], [-2, -2, -2]]


def with_arrays(xp, ndimage):
    """The jobs in the words of NumPy and SciPy, which CuPy shares."""
    blur, sobel, sharp = (xp.asarray(k, dtype=xp.float32) for k in (BLUR, SOBEL, SHARP))
    luma = xp.asarray(LUMA, dtype=xp.float32)

    def smooth(image):
        return ndimage.correlate(image, blur / 16, output=xp.float32, mode="mirror")

    def chain(image):
        soft = smooth(image.astype(xp.float32) @ luma)
        edges = xp.hypot(*(ndimage.correlate(soft, k, mode="mirror") for k in (sobel, sobel.T)))
        clear = ndimage.correlate(xp.clip(edges, 0, 255), sharp / 16, mode="mirror")
        return xp.clip(xp.clip(clear, 0, 255) * 1.2 + 0.5, 0, 255).astype(xp.uint8)

    return {
        "chain of five": (3, chain),
        "gaussian3": (1, lambda image: (smooth(image[..., 0]) + 0.5).astype(xp.uint8)),
    }


def with_torch(torch, device):
    kernel = lambda k, scale=1: torch.tensor(k, dtype=torch.float32, device=device).reshape(1, 1, 3, 3) / scale
    blur, across, sharp = kernel(BLUR, 16), kernel(SOBEL), kernel(SHARP, 16)
    luma = torch.tensor(LUMA, device=device)

    def correlate(image, k):
        return torch.nn.functional.conv2d(torch.nn.functional.pad(image, (1, 1, 1, 1), mode="reflect"), k)

    def chain(image):
        soft = correlate((image.float() @ luma)[None, None], blur)
        edges = torch.hypot(correlate(soft, across), correlate(soft, across.mT)).clamp(0, 255)
        return (correlate(edges, sharp).clamp(0, 255) * 1.2 + 0.5).clamp(0, 255).to(torch.uint8)[0, 0]

    return {
        "chain of five": (3, chain),
        "gaussian3": (1, lambda image: (correlate(image[None, None, ..., 0].float(), blur) + 0.5).to(torch.uint8)[0, 0]),
    }


def median_ms(call, wait):
    times = []
    for _ in range(12):
        start = time.perf_counter()
        call()
        wait()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times[2:])


def libraries():
    """(name, jobs, upload(shape), wait) of what is here; says what is not."""
    try:
        import cupy
        import cupyx.scipy.ndimage

        cupy.cuda.runtime.getDeviceCount()
        upload = lambda shape: cupy.random.randint(0, 256, shape, dtype=cupy.uint8)
        yield "CuPy", with_arrays(cupy, cupyx.scipy.ndimage), upload, cupy.cuda.Device().synchronize
    except Exception as error:
        print(f"no CuPy: {error}")
    try:
        import torch

        upload = lambda shape: torch.randint(0, 256, shape, dtype=torch.uint8, device="cuda")
        upload((1, 1))
        yield "PyTorch", with_torch(torch, "cuda"), upload, torch.cuda.synchronize
    except Exception as error:
        print(f"no PyTorch: {error}")


def check():
    import numpy as np
    import scipy.ndimage

    image = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    results = {"NumPy": {name: job(image) for name, (_, job) in with_arrays(np, scipy.ndimage).items()}}
    try:
        import torch

        jobs = with_torch(torch, "cpu").items()
        results["PyTorch"] = {name: job(torch.from_numpy(image)).numpy() for name, (_, job) in jobs}
    except ImportError as error:
        print(f"no PyTorch: {error}")
    for library, found in results.items():
        for name, result in found.items():
            off = np.abs(result.astype(int) - results["NumPy"][name]).max()
            print(f"{library}, {name}: {result.shape}, mean {result.mean():.1f}, {off} from NumPy's")
            assert result.shape == (40, 60) and off <= 2


def main(path=None):
    rows = []
    for library, jobs, upload, wait in libraries():
        for size, shape in SIZES.items():
            for name, (channels, job) in jobs.items():
                image = upload((*shape, channels))
                try:
                    ms = median_ms(lambda: job(image), wait)
                except Exception as error:
                    print(f"{library}, {name}, {size}: {error}")
                    continue
                rows.append({"library": library, "job": name, "size": size, "ms": round(ms, 6)})
                print(f"{name:18} {size:4} {library:13} {ms:10.3f}")
    if path:
        with open(path) as file:
            results = json.load(file)
        with open(path, "w") as file:
            json.dump({**results, "peers": rows}, file, indent=1)


if __name__ == "__main__":
    check() if sys.argv[1:] == ["--check"] else main(*sys.argv[1:])
