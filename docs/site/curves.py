#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Draws the error of resampling by frequency: curves.py PICTURES OUT.svg

PICTURES is the folder in which the programs of examples/docs/geometry left NAME.errors.tsv: lines of an operation or kernel,
"smaller" or "larger", a frequency, and an error.
"""
import pathlib
import sys

PANELS = (("smaller", "2.4 times smaller: 600 pixels to 250"), ("larger", "2.5 times larger: 240 pixels to 600"))
# Antialiased kernels are solid lines.
LOOKS = {
    "nearest": ("#6b7480", "2 3"), "resize_cubic": ("#c0432b", "6 3"), "resize_linear": ("#d08a00", "6 3"), "box": ("#8d5a3b", ""),
    "resize_area": ("#86b83f", ""), "hamming": ("#148a72", ""), "triangle": ("#3e9ac2", ""), "cubic": ("#1b66d1", ""),
    "lanczos3": ("#9467cf", ""),
}  # fmt: skip
LEFT, TOP, WIDTH, HEIGHT, GAP, MOST = 46, 34, 350, 260, 50, 75
LIMIT = 250 / 600 / 2


def read(pictures):
    """By (panel, name) the points of a curve."""
    curves = {}
    for path in sorted(pathlib.Path(pictures).glob("*.errors.tsv")):
        for line in path.read_text().splitlines():
            if line:
                name, panel, frequency, error = line.split("\t")
                curves.setdefault((panel, name), []).append((float(frequency), float(error)))
    return curves


def drawn(curves):
    """The SVG."""
    full = LEFT + 2 * WIDTH + GAP + 130
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} 350" width="{full}" height="350" font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="white"/>']  # fmt: skip
    for i, (panel, title) in enumerate(PANELS):
        left, bottom = LEFT + i * (WIDTH + GAP), TOP + HEIGHT
        at_x = lambda frequency: left + frequency / 0.5 * WIDTH  # noqa: E731
        at_y = lambda error: bottom - error / MOST * HEIGHT  # noqa: E731
        out.append(f'<text x="{left}" y="20" font-weight="bold">{title}</text>')
        for error in range(0, MOST + 1, 15):
            out.append(f'<path d="M{left} {at_y(error):.1f}h{WIDTH}" stroke="#ddd"/>')
            out.append(f'<text x="{left - 6}" y="{at_y(error) + 4:.1f}" text-anchor="end">{error}</text>')
        for tenth in range(6):
            out.append(f'<path d="M{at_x(tenth / 10):.1f} {TOP}v{HEIGHT}" stroke="#ddd"/>')
            out.append(f'<text x="{at_x(tenth / 10):.1f}" y="{bottom + 16}" text-anchor="middle">{tenth / 10}</text>')
        if panel == "smaller":
            out.append(f'<path d="M{at_x(LIMIT):.1f} {TOP}v{HEIGHT}" stroke="#20262e" stroke-dasharray="1 3"/>')
            out.append(f'<text x="{at_x(LIMIT) - 5:.1f}" y="{TOP + 12}" text-anchor="end" fill="#5f6975">kept</text>')
            out.append(f'<text x="{at_x(LIMIT) + 5:.1f}" y="{TOP + 12}" fill="#5f6975">removed, or aliased</text>')
        out.append(f'<text x="{left + WIDTH / 2:.1f}" y="{bottom + 36}" text-anchor="middle">waves a pixel of the input</text>')
        for name, (color, dash) in LOOKS.items():
            path = "L".join(f"{at_x(x):.1f} {at_y(y):.1f}" for x, y in curves[panel, name])
            dashes = f' stroke-dasharray="{dash}"' if dash else ""
            out.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="1.6"{dashes}><title>{name}</title></path>')
    x = LEFT + 2 * WIDTH + GAP + 16
    for i, (name, (color, dash)) in enumerate(LOOKS.items()):
        y, dashes = TOP + 14 + 20 * i, f' stroke-dasharray="{dash}"' if dash else ""
        out.append(f'<path d="M{x} {y - 4}h22" stroke="{color}" stroke-width="2"{dashes}/><text x="{x + 28}" y="{y}">{name}</text>')
    return "\n".join([*out, "</svg>\n"])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    pathlib.Path(sys.argv[2]).write_text(drawn(read(sys.argv[1])))
