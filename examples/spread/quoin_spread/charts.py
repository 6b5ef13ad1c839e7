# SPDX-License-Identifier: BSL-1.0
"""A million files on a thousand machines, simulated, and drawn.

    python3 -m quoin_spread.charts OUT.svg [SAMPLES]      writes OUT.svg, and prints its numbers
    python3 -m quoin_spread.charts --record JOURNAL...    prints the bytes and seconds of the files in journals

SAMPLES has what --record prints; without it the samples of service-times.tsv are taken.
"""
from __future__ import annotations

import copy
import dataclasses
import math
import pathlib
import random
import sys
from collections.abc import Callable, Iterator, Sequence

from .dealer import Rules
from .records import lines_of, row_of
from .simulation import NEVER, Node, World, run_engine, world_of

FILES, NODES, SEED = 1_000_000, 1000, 1
RATE = 10_000.0  # metadata operations a second of a usual file server
DEAL = 0.002  # seconds that Dask and Ray take for a task
HEAVY = 100  # times the recorded seconds: work such as the fewest rectangles, or large images
HOUSE = pathlib.Path(__file__).resolve().parents[1] / "service-times.tsv"
COLORS = ("#1b66d1", "#c0432b", "#148a72", "#d08a00")

Points = list[tuple[float, float]]


def recorded_samples(path: pathlib.Path = HOUSE) -> list[tuple[int, float]]:
    """Bytes and seconds of files."""
    return [(int(size), float(seconds)) for size, seconds in lines_of(path)]


def record(journals: Sequence[str]) -> Iterator[str]:
    for journal in journals:
        for fields in lines_of(pathlib.Path(journal)):
            row = row_of(fields)
            if row and row.kind == "done":
                yield f"{row.bytes}\t{row.ms / 1000:.6f}"


@dataclasses.dataclass
class Panel:
    title: str
    below: str
    curves: dict[str, Points]
    ticks: Sequence[float]
    log: bool = True


class Runs:
    """Simulations of the same files; `heavy` times the recorded seconds."""

    def __init__(self, samples: Sequence[tuple[int, float]], files: int = FILES) -> None:
        self._base = world_of(samples, files, [Node()], random.Random(SEED))
        self._unit_files, self._world = 0, self._base

    def minutes(self, nodes: list[Node], *, unit_files: int = 128, heavy: float = 1, **more: object) -> float:
        if unit_files != self._unit_files:
            numbers = range(len(self._base.files))
            units = [list(numbers[first : first + unit_files]) for first in numbers[::unit_files]]
            self._unit_files = unit_files
            self._world = World([Node()], self._base.files, self._base.seconds, units, keeps_rows=False)
        world = copy.copy(self._world)
        world.nodes = [dataclasses.replace(node, speed=node.speed / heavy) for node in nodes]
        for name, value in more.items():
            setattr(world, name, value)
        return run_engine(world).end / 60


def units_panel(runs: Runs) -> Panel:
    sizes = [64, 128, 256, 1024, 4096]
    kinds = (("quick files", 1, NEVER), ("quick files, file server", 1, RATE),
             ("heavy files", HEAVY, NEVER), ("heavy files, file server", HEAVY, RATE))  # fmt: skip
    curves: dict[str, Points] = {name: [] for name, _, _ in kinds}
    for size in sizes:
        for name, heavy, rate in kinds:
            nodes = [Node() for _ in range(NODES)]
            curves[name].append((size, runs.minutes(nodes, unit_files=size, heavy=heavy, deal=DEAL, metadata_rate=rate)))
    return Panel("Size of units", "files of a unit", curves, sizes)


def metadata_panel(runs: Runs) -> Panel:
    rates = [1e3, 1e4, 1e5, 1e6]
    curves = {f"{nodes} machines": [(rate, runs.minutes([Node() for _ in range(nodes)], metadata_rate=rate, deal=DEAL))
                                    for rate in rates] for nodes in (10, 100, 1000)}  # fmt: skip
    return Panel("The file server, quick files", "operations a second", curves, rates)


def stragglers_panel(runs: Runs) -> Panel:
    slow = [0, 10, 50, 100]
    curves = {}
    for name, rules in (("no copies", Rules(copies=1, patience=1e6)), ("a copy after 3 times the usual", Rules()),
                        ("after 1.5 times", Rules(straggler=1.5))):  # fmt: skip
        curves[name] = [(count, runs.minutes([Node(speed=0.1 if n < count else 1.0) for n in range(NODES)],
                                             heavy=HEAVY, rules=rules, deal=DEAL)) for count in slow]  # fmt: skip
    return Panel("Machines at a tenth of the speed, heavy files", "slow machines of 1,000", curves, slow, log=False)


def losses_panel(runs: Runs) -> Panel:
    lost = [0, 50, 100, 200]
    chance = random.Random(SEED)
    deaths = [chance.uniform(0, 1200) for _ in range(NODES)]
    curves = {}
    for name, told, patience in (("told after 5 s", 5.0, 600.0), ("silent, patience 600 s", NEVER, 600.0),
                                 ("silent, patience 3,600 s", NEVER, 3600.0)):  # fmt: skip
        curves[name] = [(count, runs.minutes([Node(dies=deaths[n] if n < count else NEVER, told=told)
                                              for n in range(NODES)], heavy=HEAVY, deal=DEAL,
                                             rules=Rules(patience=patience, copies=1))) for count in lost]  # fmt: skip
    return Panel("Machines lost in the first 20 minutes, heavy files", "lost machines of 1,000", curves, lost, log=False)


LEFT, TOP, WIDTH, HEIGHT, GAP, BELOW = 56, 30, 350, 220, 70, 130


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"


def drawn(panels: Sequence[Panel]) -> str:
    """The SVG, two panels in a row."""
    rows = -(-len(panels) // 2)
    full, high = LEFT + 2 * WIDTH + GAP + 30, rows * (TOP + HEIGHT + BELOW)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {high}" width="{full}" height="{high}" '
           'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']  # fmt: skip
    for index, panel in enumerate(panels):
        left, top = LEFT + index % 2 * (WIDTH + GAP), index // 2 * (TOP + HEIGHT + BELOW) + TOP
        out += panel_drawn(panel, left, top)
    return "\n".join([*out, "</svg>\n"])


def axis(values: Sequence[float], length: float, log: bool) -> Callable[[float], float]:
    least, most = min(values), max(values)
    if log:
        return lambda value: (math.log(value) - math.log(least)) / (math.log(most) - math.log(least)) * length
    return lambda value: (value - least) / (most - least) * length


def y_ticks(most: float, least: float, log: bool) -> list[float]:
    if log:
        return [10.0**power for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)]
    step = 10.0 ** math.floor(math.log10(most))
    step = next(s for s in (step / 5, step / 2, step, 2 * step) if most / s <= 6)
    return [step * n for n in range(math.ceil(most / step) + 1)]


def panel_drawn(panel: Panel, left: float, top: float) -> list[str]:
    bottom = top + HEIGHT
    minutes = [y for points in panel.curves.values() for _, y in points]
    ticks = y_ticks(max(minutes), min(minutes), panel.log)
    at_x, at_y = axis(panel.ticks if not panel.log else [x for x, _ in next(iter(panel.curves.values()))], WIDTH,
                      panel.log), axis(ticks, HEIGHT, panel.log)  # fmt: skip
    out = [f'<text x="{left}" y="{top - 12}" font-weight="bold">{panel.title}</text>']
    for tick in ticks:
        out.append(f'<path d="M{left} {bottom - at_y(tick):.1f}h{WIDTH}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{bottom - at_y(tick) + 4:.1f}" text-anchor="end">{number(tick)}</text>')
    for tick in panel.ticks:
        out.append(f'<path d="M{left + at_x(tick):.1f} {top}v{HEIGHT}" stroke="#ddd"/>')
        out.append(f'<text x="{left + at_x(tick):.1f}" y="{bottom + 16}" text-anchor="middle">{number(tick)}</text>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{bottom + 34}" text-anchor="middle">{panel.below}</text>')
    out.append(f'<text x="{left - 44}" y="{top + HEIGHT / 2}" text-anchor="middle" '
               f'transform="rotate(-90 {left - 44} {top + HEIGHT / 2})">minutes</text>')  # fmt: skip
    for index, ((name, points), color) in enumerate(zip(panel.curves.items(), COLORS)):
        path = "L".join(f"{left + at_x(x):.1f} {bottom - at_y(y):.1f}" for x, y in points)
        out.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="1.6"/>')
        x, y = left + index % 2 * 170, bottom + 58 + index // 2 * 18
        out.append(f'<path d="M{x} {y - 4}h22" stroke="{color}" stroke-width="2"/><text x="{x + 28}" y="{y}">{name}</text>')
    return out


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 2
    if arguments[0] == "--record":
        print(*record(arguments[1:]), sep="\n")
        return 0
    runs = Runs(recorded_samples(*map(pathlib.Path, arguments[1:])))
    panels = [panel(runs) for panel in (units_panel, metadata_panel, stragglers_panel, losses_panel)]
    pathlib.Path(arguments[0]).write_text(drawn(panels))
    for panel in panels:
        print(panel.title)
        for name, points in panel.curves.items():
            print(f"  {name}: " + ", ".join(f"{number(x)}: {y:.2f} min" for x, y in points))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
