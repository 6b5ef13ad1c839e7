# SPDX-License-Identifier: BSL-1.0
"""The wheel: wheel.py FOLDER, where FOLDER is examples/python/quoin of a build with QUOIN_BUILD_PYTHON.

`pip wheel` packs the module of that build, which takes seconds; compiling it is not tested here. The wheel has each file
that the package has, and no other. Installed in a fresh environment, from another folder, it passes tests of the package.
Exit status 77: PyPI is out of reach, or there is no venv.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = "test_run.py", "test_arrays.py", "test_results.py", "test_types.py"


def call(*command, **more):
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **more)
    return result.returncode, result.stdout + result.stderr


def make_wheel(pip, compiled, folder):
    """The wheel and nothing, or nothing and why there is none."""
    status, said = call(
        *pip, "wheel", "--no-deps", "--wheel-dir", folder, f"--config-settings=build-dir={folder}/build",
        f"--config-settings=cmake.define.QUOIN_PYTHON_COMPILED={compiled}", ROOT,
    )
    wheels = list(folder.glob("*.whl"))
    assert status == 0 or not wheels
    return (wheels[0] if wheels else None), said


def check_files(wheel, module):
    major, minor, patch = re.findall(r"VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", (ROOT / "include/quoin/version.hpp").read_text())[:3]
    named = re.fullmatch(r"quoin-([\d.]+)-cp(\d+)-(?:cp\2|abi3)-linux_\w+\.whl", wheel.name)
    assert named and named[1] == f"{major}.{minor}.{patch}", wheel.name
    with zipfile.ZipFile(wheel) as packed:
        found = {name for name in packed.namelist() if not name.endswith("/")}
        info = f"quoin-{named[1]}.dist-info/"
        metadata = packed.read(info + "METADATA").decode()
        same = packed.read(f"quoin/{module.name}") == module.read_bytes()
    modules = {f"quoin/{path.name}" for path in (ROOT / "examples/python/quoin").iterdir() if path.is_file()}
    expected = modules | {f"quoin/{name}" for name in ("__init__.pyi", "_quoin.pyi", module.name)}
    ours = {name for name in found if not name.startswith(info)}
    assert ours == expected, f"missing {expected - ours}, too many {ours - expected}"
    assert same, "the module is another one"
    assert any(name.endswith("LICENSE") for name in found) and "Requires-Dist: numpy" in metadata, metadata[:1000]


def main(compiled):
    module = next(pathlib.Path(compiled).glob("_quoin.*so"), None)
    assert module, f"there is no module in {compiled}; build quoin_module"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # The packages of the system are NumPy, pytest and hypothesis.
        status, said = call(sys.executable, "-m", "venv", "--system-site-packages", folder / "fresh")
        if status != 0:
            print(f"skipped: {said.strip().splitlines()[-1] if said.strip() else 'no venv'}; cmake/setup.sh --python")
            return 77
        python = folder / "fresh/bin/python"
        pip = python, "-m", "pip", "--disable-pip-version-check"
        wheel, said = make_wheel(pip, compiled, folder)
        if not wheel and re.search(r"No matching distribution found for|Could not fetch URL", said):
            print("skipped: pip cannot get scikit-build-core and nanobind, which pyproject.toml names, from PyPI")
            return 77
        assert wheel, said[-3000:]
        check_files(wheel, module)
        status, said = call(*pip, "install", "--no-index", "--no-deps", wheel)
        assert status == 0, said[-3000:]

        elsewhere = folder / "tests"
        shutil.copytree(ROOT / "tests/python", elsewhere, ignore=shutil.ignore_patterns("__pycache__"))
        clean = {"PATH": "/usr/bin:/bin", "HOME": name, "PYTHONDONTWRITEBYTECODE": "1"}
        status, said = call(python, "-c", "import quoin; print(quoin.__file__)", cwd=elsewhere, env=clean)
        assert status == 0 and pathlib.Path(said.strip()).is_relative_to(folder / "fresh"), said
        status, said = call(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS, cwd=elsewhere, env=clean)
        print(said[-3000:])
        assert status == 0, "tests of the installed wheel failed"
        assert int(re.search(r"(\d+) passed", said)[1]) > 50, "hardly any test ran"

        # A folder without a module makes no wheel.
        wheel.unlink()
        (folder / "empty").mkdir()
        none, said = make_wheel(pip, folder / "empty", folder)
        assert none is None and "there is no module in" in said, said[-3000:]
    print("packed, installed and used")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
