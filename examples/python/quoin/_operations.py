# SPDX-License-Identifier: BSL-1.0
"""Operations of the catalogue as objects, pipelines of them, and their evaluation."""
import numbers
from collections.abc import Sequence
from typing import Any

import numpy

from . import _quoin
from ._arrays import readable, unmasked
from ._image import Image
from ._policy import chosen


class Pipeline:
    """Operations in a row, over one image or several. `a | b` is the pipeline of a and then b.

    str(p) is its text, which pipeline(text) and the command line's --chain read."""

    __slots__ = ("_chain", "_input", "_text")

    def __init__(self, text: str = "", _input: int | None = None) -> None:
        if not isinstance(text, str):
            raise TypeError(f"quoin: {text!r} is no pipeline; give text, a Pipeline or an Operation")
        self._text = text
        self._input = _input
        self._chain = _quoin.Pipeline(text)

    def __or__(self, other: "Pipeline | Operation | str") -> "Pipeline":
        if isinstance(other, str):
            other = Pipeline(other)
        if not isinstance(other, (Pipeline, Operation)):
            return NotImplemented
        if isinstance(other, Operation):
            other = other()
        if other._input is not None:
            raise ValueError(f"quoin: {other!r} begins with an input, so it cannot follow other operations")
        joined = Pipeline.__new__(Pipeline)
        joined._input = self._input
        joined._chain = self._chain.then(other._chain)
        joined._text = joined._chain.text()
        return joined

    def __ror__(self, other: "Pipeline | Operation | str") -> "Pipeline":
        return Pipeline(other) | self if isinstance(other, str) else NotImplemented

    def __call__(self, image: Any, *others: Any, **options: Any) -> Any:
        """run(self, image, ...)"""
        return run(self, image, *others, **options)

    def __str__(self):
        return self._text

    def __repr__(self):
        text = f"quoin.pipeline({self._text!r})"
        return text if self._input is None else f"quoin.image({self._input}) | {text}" if self._text else f"quoin.image({self._input})"

    def __len__(self) -> int:
        return len(self._chain)

    def __eq__(self, other):
        return isinstance(other, Pipeline) and (self._text, self._input) == (other._text, other._input)

    def __hash__(self):
        return hash((self._text, self._input))

    def __reduce__(self):
        return Pipeline, (self._text, self._input)

    def inputs(self) -> int:
        """How many images it reads."""
        return self._chain.inputs()

    def result_of(self, shape: Sequence[int], dtype: Any = "uint8") -> tuple[tuple[int, ...], numpy.dtype]:
        """The shape and the type of its result for images of this shape and type."""
        shape, name = self._chain.result_of(list(shape), numpy.dtype(dtype).name)
        return tuple(shape), numpy.dtype(name)

    def needed(self, part: Sequence[int], shape: Sequence[int], dtype: Any = "uint8") -> tuple[int, int, int, int]:
        """The part (x, y, width, height) of the first image on which this part of the result depends."""
        return self._chain.needed(list(part), list(shape), numpy.dtype(dtype).name)


def pipeline(text: str = "") -> Pipeline:
    """The pipeline of this text: names of operations with their parameters, separated by commas, as
    "gray,median=5,resize=640x480"; quoin-filters --list names all."""
    return Pipeline(text)


def image(number: int) -> Pipeline:
    """The input of this number, from 1, as the begin of what an operation combines:
    quoin.gray | quoin.absdiff(quoin.image(2) | quoin.gray)."""
    if not _is_whole(number) or number < 1:
        raise ValueError(f"quoin: there is no input {number!r}; give a number from 1")
    return Pipeline("", int(number))


class Operation:
    """An operation of the catalogue. Called with its parameters it is a pipeline; one without required parameters needs
    no call."""

    def __init__(self, about: dict[str, Any]) -> None:
        self._about = about
        self.__name__ = self.__qualname__ = about["name"]
        self.__doc__ = _documentation(about)

    def __call__(self, *values: Any, **named: Any) -> "Pipeline":
        return Pipeline(_text_of(self._about, values, named))

    def __or__(self, other: "Pipeline | Operation | str") -> "Pipeline":
        return self() | other

    def __ror__(self, other: "Pipeline | Operation | str") -> "Pipeline":
        return Pipeline(other) | self() if isinstance(other, str) else NotImplemented

    def __repr__(self):
        return f"quoin.{self.__name__}"

    def __reduce__(self):
        return self.__name__


def _documentation(about):
    lines = [about["about"], ""]
    for p in about["parameters"]:
        kind = {
            "integer": f"a whole number from {p['least']:.15g} to {p['most']:.15g}",
            "number": f"a number from {p['least']:.15g} to {p['most']:.15g}",
            "choice": "one of " + ", ".join(repr(c) for c in (p["choices"] or "").split()),
            "size": f"width and height, whole numbers from {p['least']:.15g} to {p['most']:.15g}",
            "kernel": "rows of numbers, or (rows, divisor)",
            "element": "a shape, as 'disc:3', one or two sides, or rows of 0 and 1",
        }[p["type"]]
        preset = f"; {p['preset']} if left out" if p["preset"] is not None else ""
        lines.append(f"{p['name'].lower()}: {p['about']}; {kind}{preset}")
    if about["inputs"] > 1:
        lines.append(f"It combines {about['inputs']} images: quoin.{about['name']}(quoin.image(2)) takes the second one as it is.")
    for key, title in (("rounding", "Rounding"), ("floating", "Floating point"), ("opencv", "OpenCV"),
                       ("pillow", "Pillow"), ("scikit_image", "scikit-image")):
        if about[key]:
            lines.append(f"{title}: {about[key]}")
    return "\n".join(lines)


def _is_whole(value):
    """Of Python or of NumPy."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def _number(value, about, parameter):
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__"):
        raise TypeError(f"quoin.{about['name']}: {parameter} is {value!r}; give a number")
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)


def _kernel(value, about, parameter):
    divisor = None
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and len(value) == 2 and numpy.ndim(value[1]) == 0:
        value, divisor = value
    _quoin.refuse_masked(value, parameter)
    rows = [numpy.asarray(row, dtype=float) for row in value] if numpy.iterable(value) else []
    dimensions = 1 + max(row.ndim for row in rows) if rows else 0
    if dimensions != 2 or any(row.ndim != 1 for row in rows):
        raise TypeError(f"quoin.{about['name']}: {parameter} has {dimensions} dimensions; give rows of numbers")
    text = "/".join(":".join(_number(v, about, parameter) for v in row) for row in rows)
    return text if divisor is None else text + "@" + _number(divisor, about, parameter)


def _element(value, about, parameter):
    if isinstance(value, str):
        return value
    if _is_whole(value):
        return str(value)
    if numpy.ndim(value) == 1 and len(value) == 2 and all(map(_is_whole, value)):
        return f"{value[0]}x{value[1]}"
    rows = unmasked(value, parameter)
    if rows.ndim != 2:
        raise TypeError(f"quoin.{about['name']}: {parameter} has {rows.ndim} dimensions; give rows of 0 and 1")
    if len(rows) == 1:  # text of one row is a number
        rows = numpy.pad(rows, ((1, 1), (0, 0)))
    return "/".join("".join("1" if v else "0" for v in row) for row in rows)


def _text_of(about, values, named):
    """The text of an operation with these values."""
    name, parameters = about["name"], about["parameters"]
    operands = [v for v in values if isinstance(v, (Pipeline, Operation))]
    left = [v for v in values if not isinstance(v, (Pipeline, Operation))]
    texts = []
    for p in parameters:
        key = p["name"].lower()
        if key in named:
            if left:
                raise TypeError(f"quoin.{name}: {left[0]!r} is given beside {key}=")
            value = named.pop(key)
        elif left:
            value = left.pop(0)
            if p["type"] == "size" and isinstance(value, numpy.ndarray):
                value = tuple(value)
            if p["type"] == "size" and not isinstance(value, (tuple, list, str)):
                if left and not isinstance(left[0], (str, tuple, list)):
                    value = (value, left.pop(0))
            if p["type"] == "element" and _is_whole(value) and left and _is_whole(left[0]):
                value = (value, left.pop(0))
        elif p["preset"] is not None:
            value = None
        else:
            wanted = ", ".join(q["name"].lower() for q in parameters)
            raise TypeError(f"quoin.{name}: {key} is missing; the parameters are ({wanted})")
        if value is None:
            texts.append(p["preset"])
        elif p["type"] == "size" and not isinstance(value, str):
            pair = tuple(value) if isinstance(value, (tuple, list)) else (value,)
            texts.append("x".join(_number(v, about, key) for v in pair))
        elif p["type"] == "choice" or (p["type"] == "size" and isinstance(value, str)):
            texts.append(str(value))
        elif p["type"] == "kernel":
            texts.append(_kernel(value, about, key))
        elif p["type"] == "element":
            texts.append(_element(value, about, key))
        else:
            texts.append(_number(value, about, key))
    if left or named:
        extra = repr(left[0]) if left else next(iter(named)) + "="
        wanted = ", ".join(q["name"].lower() for q in parameters) or "none"
        raise TypeError(f"quoin.{name}: {extra} is no parameter of it; the parameters are ({wanted})")
    text = name + ("=" + ":".join(texts) if texts else "")
    for operand in operands:
        one = operand() if isinstance(operand, Operation) else operand
        number = f"#{one._input}" if one._input is not None else ""
        text += "(" + ",".join(part for part in (number, one._text) if part) + ")"
    return text


def run(pipeline: "Pipeline | Operation | str", image: Any, *others: Any, policy: str | None = None,
        threads: int | None = None, out: Any = None, copy: bool = False) -> Any:
    """The result of a pipeline over an image, and over the others that it combines with it, in one pass.

    pipeline  a Pipeline, an Operation, or text
    policy    one of policies(); the result is the same under all. The fastest without it
    threads   of "parallel" and "parallel_simd"; None: as many as the process may use
    out       an array for the result, which is returned; a new one without it
    copy      arrays that quoin cannot read as they lie are copied; float64 becomes float32
    """
    if isinstance(pipeline, Pipeline):
        if pipeline._input not in (None, 1):
            raise ValueError(f"quoin: {pipeline!r} begins with input {pipeline._input}; the first one is what a pipeline begins with")
        chain = pipeline._chain
    elif isinstance(pipeline, Operation):
        chain = pipeline()._chain
    else:
        chain = Pipeline(pipeline)._chain
    if copy:
        image, *others = map(readable, (image, *others))
    result = _quoin.run(chain, image, *others, out=out, **chosen(policy, threads))
    return result if out is not None else result.view(Image)


catalogue: dict[str, Operation] = {about["name"]: Operation(about) for about in _quoin.operations()}
"""The operations by their names."""
