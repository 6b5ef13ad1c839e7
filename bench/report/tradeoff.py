# SPDX-License-Identifier: BSL-1.0
"""Rectangles against IoU: what quoin-segment --method regularize makes of an image for the whole range of its bounds.

    tradeoff.py QUOIN_SEGMENT OUT.svg IMAGE...

Draws one panel for each image: for each edge error a line through the area errors, and the exact count at IoU 1.
The points are printed too.
"""
import json
import math
import pathlib
import subprocess
import sys

EDGES = (1, 2, 4, 8)
AREAS = (0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 1)
COLORS = ("#4269d0", "#efb118", "#ff725c", "#3ca951")
WIDTH, HEIGHT, LEFT, TOP, GAP = 380, 300, 62, 34, 96
LEAST = 0.85  # the IoU at the left end of the axis


def measure(program, image, edge, area):
    bounds = ["--max-edge-error", str(edge), "--max-area-error", str(area)]
    arguments = [program, image, "--threshold", "127", "--method", "regularize", "--time", *bounds]
    line = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
    return line["iou"], line["rectangles"]


def panel(title, lines, left):
    most = max(count for line in lines.values() for _, count in line)
    fewest = min(count for line in lines.values() for _, count in line)
    low, high = math.floor(math.log10(fewest)), math.ceil(math.log10(most))
    x = lambda iou: left + (iou - LEAST) / (1 - LEAST) * WIDTH
    y = lambda count: TOP + (high - math.log10(count)) / (high - low) * HEIGHT
    out = [f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{title}</text>']
    for exponent in range(low, high):
        for digit in (1, 2, 5) + ((10,) if exponent == high - 1 else ()):
            at = y(digit * 10**exponent)
            out.append(f'<path d="M{left} {at:.1f}h{WIDTH}" stroke="#ddd"/>')
            out.append(f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{digit * 10**exponent}</text>')
    for step in range(4):
        iou = LEAST + step * 0.05
        out.append(f'<path d="M{x(iou):.1f} {TOP}v{HEIGHT}" stroke="#ddd"/>')
        out.append(f'<text x="{x(iou):.1f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{iou:.2f}</text>')
    for row, ((edge, line), color) in enumerate(zip(lines.items(), COLORS)):
        shown = [(iou, count) for iou, count in line if iou >= LEAST]
        path = "L".join(f"{x(iou):.1f} {y(count):.1f}" for iou, count in shown)
        out.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="1.5"/>')
        out += [f'<circle cx="{x(iou):.1f}" cy="{y(count):.1f}" r="2.5" fill="{color}"/>' for iou, count in shown]
        out.append(f'<text x="{left + 10}" y="{TOP + 18 + 16 * row}" fill="{color}">edge error up to {edge}</text>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 34}" text-anchor="middle">IoU</text>')
    return out


def main():
    program, target, *images = sys.argv[1:]
    parts = []
    for number, image in enumerate(images):
        lines = {edge: sorted({measure(program, image, edge, area) for area in AREAS}) for edge in EDGES}
        for edge, line in lines.items():
            print(pathlib.Path(image).stem, "edge error", edge, *(f"{iou:.4f}:{count}" for iou, count in line))
        parts += panel(f"{pathlib.Path(image).stem}: rectangles", lines, LEFT + number * (WIDTH + GAP))
    width, height = LEFT + len(images) * (WIDTH + GAP) - GAP + 20, TOP + HEIGHT + 46
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    head += 'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    pathlib.Path(target).write_text("\n".join([head, *parts, "</svg>"]) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main()
