# SPDX-License-Identifier: BSL-1.0
"""Plots as inline SVG. Colors are classes ("c-simd") that the page's style sheet gives a meaning; every mark has a
<title>, which a browser shows where the pointer rests."""

import html
import math

FONT = 12
CHARACTER = 6.6  # a wide guess at the width of one at this size


def number(value):
    """Three digits, without an exponent."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def element(name, text=None, **attributes):
    """An element; underscores in attribute names stand for dashes, klass for class."""
    parts = [name]
    for key, value in attributes.items():
        key = "class" if key == "klass" else key.replace("_", "-")
        parts.append(f'{key}="{html.escape(f"{value:.1f}" if isinstance(value, float) else str(value))}"')
    head = " ".join(parts)
    return f"<{head}/>" if text is None else f"<{head}>{text}</{name}>"


def titled(name, title, **attributes):
    return element(name, element("title", html.escape(title)), **attributes)


def words(text, x, y, anchor="start", klass="tick"):
    return element("text", html.escape(text), x=float(x), y=float(y), text_anchor=anchor, klass=klass)


def svg(width, height, label, parts):
    return element(
        "svg", "".join(parts), viewBox=f"0 0 {width} {height}", width=width, height=height, role="img", aria_label=label
    )


class Scale:
    """From values to places, linear or logarithmic, with round ticks."""

    def __init__(self, values, start, end, log=False, ticks=None, zero=False):
        low, high = min(values), max(values)
        self.log = log
        if ticks is not None:
            self.ticks = ticks
            low, high = min(low, ticks[0]), max(high, ticks[-1])
        elif log:
            self.ticks = self._log_ticks(low, high)
            low, high = min(low, self.ticks[0]), max(high, self.ticks[-1])
        else:
            low = 0 if zero else low
            step = self._step((high - low) or high or 1)
            self.ticks = [i * step for i in range(math.floor(low / step), math.ceil(high / step) + 1)]
            low, high = self.ticks[0], self.ticks[-1]
        if low == high:
            low, high = (low / 2, high * 2) if log else (low - 0.5, high + 0.5)
        self.low, self.high, self.start, self.end = low, high, start, end

    @staticmethod
    def _step(span):
        power = 10 ** math.floor(math.log10(span / 4))
        return next(f * power for f in (1, 2, 5, 10) if span / (f * power) <= 5)

    @staticmethod
    def _log_ticks(low, high):
        decades = math.log10(high / low) if high > low else 0
        factors = [1] if decades > 2.5 else [1, 3] if decades > 1.4 else [1, 2, 5]
        every = [
            f * 10.0**e
            for e in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
            for f in factors
        ]
        first = max((t for t in every if t <= low * 1.001), default=every[0])
        last = min((t for t in every if t >= high * 0.999), default=every[-1])
        return [t for t in every if first <= t <= last]

    def __call__(self, value):
        f = math.log if self.log else float
        part = (f(value) - f(self.low)) / (f(self.high) - f(self.low))
        return self.start + part * (self.end - self.start)


def lines(label, series, x_label, y_label, x_ticks, log_x=False, log_y=False, width=430, height=270, zero=True):
    """series: (class, name, points, marks): points (x, y, and perhaps what stands behind the number y) joined by a line,
    with a dot on each; where marks is "dashed" without dots, for what is computed and not measured."""
    left, right, top, bottom = 52, 14, 14, 44
    xs = [x for _, _, points, _ in series for x, *_ in points]
    ys = [y for _, _, points, _ in series for _, y, *_ in points]
    at_x = Scale(xs, left, width - right, log_x, x_ticks)
    at_y = Scale(ys, height - bottom, top, log_y, zero=zero)
    parts = []
    for tick in at_y.ticks:
        y = at_y(tick)
        parts.append(element("line", x1=left, x2=width - right, y1=y, y2=y, klass="grid"))
        parts.append(words(number(tick), left - 7, y + 4, "end"))
    for tick in x_ticks:
        x = at_x(tick)
        parts.append(element("line", x1=x, x2=x, y1=height - bottom, y2=height - bottom + 4, klass="axis"))
        parts.append(words(number(tick), x, height - bottom + 17, "middle"))
    parts.append(element("line", x1=left, x2=width - right, y1=height - bottom, y2=height - bottom, klass="axis"))
    parts.append(words(x_label, (left + width - right) / 2, height - 8, "middle", "label"))
    parts.append(
        element(
            "text",
            html.escape(y_label),
            transform=f"translate(12 {(top + height - bottom) / 2:.1f}) rotate(-90)",
            text_anchor="middle",
            klass="label",
        )
    )
    for klass, name, points, marks in series:
        path = " ".join(f"{'L' if i else 'M'}{at_x(x):.1f} {at_y(y):.1f}" for i, (x, y, *_) in enumerate(points))
        parts.append(titled("path", name, d=path, klass=f"line c-{klass} {marks}"))
        if marks != "dashed":
            for x, y, *star in points:
                parts.append(
                    titled(
                        "circle",
                        f"{name}: {number(y)}{''.join(star)} at {number(x)}",
                        cx=at_x(x),
                        cy=at_y(y),
                        r=3.2,
                        klass=f"dot c-{klass}",
                    )
                )
    return svg(width, height, label, parts)


def dots(label, rows, x_label, width=900, reference=None):
    """One line for each of rows: (name, [(class, value, title)], note); the dots are joined, the scale is logarithmic,
    the note stands at the right."""
    left = 24 + CHARACTER * max(len(name) for name, _, _ in rows)
    right = 16 + CHARACTER * max(len(note) for _, _, note in rows)
    step, top, bottom = 21, 8, 42
    height = top + step * len(rows) + bottom
    values = [v for _, marks, _ in rows for _, v, _ in marks] + ([reference] if reference else [])
    at = Scale(values, left, width - right, log=True)
    parts = []
    for tick in at.ticks:
        x = at(tick)
        parts.append(element("line", x1=x, x2=x, y1=top, y2=height - bottom, klass="grid"))
        parts.append(words(number(tick), x, height - bottom + 16, "middle"))
    if reference:
        x = at(reference)
        parts.append(element("line", x1=x, x2=x, y1=top, y2=height - bottom, klass="reference"))
    for i, (name, marks, note) in enumerate(rows):
        y = top + step * (i + 0.5)
        places = [at(v) for _, v, _ in marks]
        parts.append(words(name, left - 12, y + 4, "end", "name"))
        parts.append(element("line", x1=min(places), x2=max(places), y1=y, y2=y, klass="span"))
        for klass, value, title in marks:
            parts.append(titled("circle", title, cx=at(value), cy=y, r=4.6, klass=f"dot c-{klass}"))
        parts.append(words(note, width - right + 10, y + 4, klass="note"))
    parts.append(words(x_label, (left + width - right) / 2, height - 8, "middle", "label"))
    return svg(width, height, label, parts)


def bars(label, rows, x_label, width=900, limits=None):
    """One bar for each of rows: (name, class, value, text, title); limits is a value for each row, drawn as a mark, or
    None."""
    left = 24 + CHARACTER * max(len(name) for name, *_ in rows)
    right = 20 + CHARACTER * max(len(text) for _, _, _, text, _ in rows)
    step, top, bottom = 24, 6, 40
    height = top + step * len(rows) + bottom
    values = [value for _, _, value, _, _ in rows] + [v for v in limits or [] if v]
    at = Scale([0, *values], left, width - right, zero=True)
    parts = []
    for tick in at.ticks:
        x = at(tick)
        parts.append(element("line", x1=x, x2=x, y1=top, y2=height - bottom, klass="grid"))
        parts.append(words(number(tick), x, height - bottom + 16, "middle"))
    for i, (name, klass, value, text, title) in enumerate(rows):
        y = top + step * i
        parts.append(words(name, left - 12, y + step / 2 + 4, "end", "name"))
        parts.append(
            titled(
                "rect",
                title,
                x=float(left),
                y=y + 4.0,
                width=max(at(value) - left, 1.5),
                height=step - 8.0,
                rx=2,
                klass=f"bar c-{klass}",
            )
        )
        end = at(value)
        if limits and limits[i]:
            x = at(limits[i])
            parts.append(
                titled("line", f"limit {number(limits[i])}", x1=x, x2=x, y1=y + 1.0, y2=y + step - 1.0, klass="limit")
            )
            # Beside the mark, where the bar's text would run into it.
            if end < x < end + 10 + CHARACTER * len(text):
                end = x
        parts.append(words(text, end + 7, y + step / 2 + 4, klass="note"))
    parts.append(words(x_label, (left + width - right) / 2, height - 8, "middle", "label"))
    return svg(width, height, label, parts)


def stacks(label, rows, width=900):
    """One bar of parts for each of rows: (name, [(class, value, text, title)], note); all bars have the same length."""
    left = 24 + CHARACTER * max(len(name) for name, _, _ in rows)
    right = 20 + CHARACTER * max(len(note) for _, _, note in rows)
    step, top = 26, 4
    parts = []
    for i, (name, pieces, note) in enumerate(rows):
        y, x = top + step * i, float(left)
        total = sum(value for _, value, _, _ in pieces)
        parts.append(words(name, left - 12, y + step / 2 + 4, "end", "name"))
        for klass, value, text, title in pieces:
            length = (width - right - left) * value / total
            parts.append(
                titled(
                    "rect",
                    title,
                    x=x,
                    y=y + 4.0,
                    width=max(length - 1.5, 0.5),
                    height=step - 8.0,
                    rx=2,
                    klass=f"bar {klass}",
                )
            )
            if length > CHARACTER * len(text) + 8:
                parts.append(words(text, x + length / 2, y + step / 2 + 4, "middle", "inside"))
            x += length
        parts.append(words(note, width - right + 10, y + step / 2 + 4, klass="note"))
    return svg(width, top + step * len(rows) + 4, label, parts)
