# SPDX-License-Identifier: BSL-1.0
"""The types of the package: stubs for what is made from the catalogue, annotations for the rest."""
import ast
import inspect
import pathlib

import quoin

stub = ast.parse((pathlib.Path(quoin._quoin.__file__).parent / "__init__.pyi").read_text())


def test_the_stub_has_each_name():
    named = set()
    for statement in stub.body:
        if isinstance(statement, ast.ImportFrom):
            named |= {alias.asname or alias.name for alias in statement.names}
        elif isinstance(statement, ast.AnnAssign):
            named.add(statement.target.id)
    assert set(quoin.__all__) <= named


def test_each_function_has_types():
    for name in quoin.__all__:
        each = getattr(quoin, name)
        if not inspect.isfunction(each) and not (inspect.isclass(each) and "__init__" in vars(each)):
            continue
        signature = inspect.signature(each.__init__ if inspect.isclass(each) else each)
        given = [p.annotation for p in signature.parameters.values() if p.name != "self"]
        assert inspect.Parameter.empty not in (*given, signature.return_annotation), name
