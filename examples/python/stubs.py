#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes quoin/__init__.pyi, the types of the package for editors and type checkers, from the catalogue.

    stubs.py FOLDER      the folder of the compiled module, into which it is written
"""
import ast
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
import _quoin  # noqa: E402

here = pathlib.Path(__file__).parent
source = (here / "quoin" / "__init__.py").read_text()
lines = ["# Made from the catalogue by stubs.py.", "from typing import Literal, Sequence, overload", ""]
names = []
for statement in ast.parse(source).body:
    if isinstance(statement, ast.ImportFrom):
        names += [alias.asname or alias.name for alias in statement.names]
        given = ", ".join(f"{alias.name} as {alias.asname or alias.name}" for alias in statement.names)
        lines.append(f"from {'.' * statement.level}{statement.module or ''} import {given}")
lines += ["", "Element = str | int | tuple[int, int] | Sequence[Sequence[int]]", "Kernel = Sequence[Sequence[float]]", ""]


def type_of(parameter):
    kind = parameter["type"]
    if kind == "choice":
        return "Literal[" + ", ".join(repr(c) for c in parameter["choices"].split()) + "]"
    return {"integer": "int", "number": "float", "kernel": "Kernel | tuple[Kernel, float] | str", "element": "Element",
            "size": "tuple[int, int]"}[kind]


def signature(parameters, operands, sides):
    """One of __call__; sides: a size is two numbers."""
    parts = ["self"]
    for p in parameters:
        name, end = p["name"].lower(), " = ..." if p["preset"] is not None else ""
        if p["type"] in ("size", "element") and sides:
            parts += [f"{name}_width: int{end}", f"{name}_height: int" + (end or " = ..." if p["one_for_both"] else end), "/"]
        else:
            parts.append(f"{name}: {type_of(p)}{end}")
    if operands:
        parts.append("*images: Pipeline | Operation")
    return f"def __call__({', '.join(parts)}) -> Pipeline: ..."


for about in _quoin.operations():
    if about["name"] in names:
        continue
    lines.append(f"class _{about['name']}(Operation):")
    lines.append(f'    """{about["about"]}"""')
    operands = about["inputs"] - 1
    if any(p["type"] in ("size", "element") for p in about["parameters"]):
        for sides in (True, False):
            lines += ["    @overload", "    " + signature(about["parameters"], operands, sides)]
    else:
        lines.append("    " + signature(about["parameters"], operands, False))
    lines += ["", f"{about['name']}: _{about['name']}", ""]
(folder / "__init__.pyi").write_text("\n".join(lines))
(folder / "_quoin.pyi").write_text(
    "from typing import Any\n\n__version__: str\ndef policies() -> list[str]: ...\ndef __getattr__(name: str) -> Any: ...\n")
