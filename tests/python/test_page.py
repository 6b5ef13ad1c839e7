# SPDX-License-Identifier: BSL-1.0
"""The blocks of docs/python.md, one after the other."""
import pathlib
import re

import pytest

page = pathlib.Path(__file__).parents[2] / "docs" / "python.md"
blocks = [(page.read_text()[: m.start()].count("\n") + 2, m[1]) for m in re.finditer(r"```python\n(.*?)```", page.read_text(), re.S)]
names = {}


@pytest.mark.parametrize("line, code", blocks, ids=[f"line {line}" for line, _ in blocks])
def test_block(line, code):
    exec(compile("\n" * (line - 1) + code, str(page), "exec"), names)


def test_there_are_blocks():
    assert len(blocks) >= 6
