# SPDX-License-Identifier: BSL-1.0
"""The Debian packages of a build: debs.py BUILD_DIR CXX COMPONENT...

cpack makes quoin-dev and quoin-spread, and quoin-tools and python3-quoin where they are built. lintian, if it is here, finds nothing. From a root
in which they are unpacked, a project finds the headers and the components, the executables segment a picture, and Python filters
an array. Made once more, a package has the same bytes. Exit status 77: cannot run here.
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ("batch", "filters", "nuclei", "segment", "synth", "tensor")
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "LC_ALL": "C.UTF-8"}


def run(*command, **more):
    result = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, env={**ENVIRONMENT, **more}
    )
    assert result.returncode == 0, f"{command}\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
    return result.stdout


def built(build):
    """The parts that are built, and why others are left out."""
    parts, reasons = ["dev", "spread"], []
    tools = [build / f"examples/quoin-{tool}" for tool in TOOLS]
    if not all(tool.exists() for tool in tools):
        reasons.append("quoin-tools: not all executables are built")
    elif b"kokkos-runtime/" in tools[0].read_bytes()[:4096]:
        reasons.append("quoin-tools: these executables start by libraries of a Kokkos in a folder of its own; QUOIN_KOKKOS=OFF")
    else:
        parts.append("tools")
    if list(build.glob("examples/python/quoin/_quoin*.so")) and (build / "examples/python/quoin/_quoin.pyi").exists():
        parts.append("python")
    else:
        reasons.append("python3-quoin: the module is not built")
    return parts, reasons


def make(build, folder, parts):
    """cpack's packages of these parts, by their names."""
    config = folder / "CPackConfig.cmake"
    text = (build / "CPackConfig.cmake").read_text()
    config.write_text(f'{text}\nset(CPACK_COMPONENTS_ALL "{";".join(parts)}")\n')
    run("cpack", "--config", config, "-B", folder)
    return {deb.name.partition("_")[0]: deb for deb in folder.glob("*.deb")}


def check_dev(root, cxx, components, folder):
    headers = [{path.relative_to(base).as_posix() for path in base.glob("quoin/**/*.hpp")}
               for base in (ROOT / "include", root / "usr/include")]
    assert headers[0] == headers[1] and len(headers[0]) > 300, headers[0] ^ headers[1]
    run("cmake", "-S", ROOT / "tests/consumer/project", "-B", folder / "project", "-D", f"quoin_ROOT={root}/usr",
        "-D", f"COMPONENTS={','.join(components)}", "-D", f"CMAKE_CXX_COMPILER={cxx}")
    found = (folder / "project/CMakeCache.txt").read_text()
    assert f"quoin_DIR:PATH={root}/usr/share/cmake/quoin" in found, "another quoin was found"


def check_manuals(build, folder):
    """Also of executables that are no package: each option of --help is in the manual, and man has nothing to warn of."""
    for program in (build / f"examples/quoin-{tool}" for tool in TOOLS):
        if not program.exists():
            continue
        manual = folder / f"{program.name}.1.gz"
        run(sys.executable, ROOT / "cmake/man_page.py", program, "2026-11-30", manual)
        text = gzip.decompress(manual.read_bytes()).decode()
        assert text.count(".SH NAME\n") == text.count(".SH SYNOPSIS\n") == text.count(".SH OPTIONS\n") == 1, text
        options = re.findall(r"^  (-\S+)", run(program, "--help"), re.MULTILINE)
        described = {line.replace("\\", "").split()[1] for line in text.splitlines() if line.startswith(".B ")}
        assert len(options) > 5 and set(options) <= described, set(options) - described
        if shutil.which("man"):
            warned = subprocess.run(
                ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", manual],
                env={**ENVIRONMENT, "MANROFFSEQ": "", "MANWIDTH": "80"}, capture_output=True, text=True, check=False,
            ).stderr
            assert not warned, warned


def check_tools(root, version, folder):
    for tool in TOOLS:
        program = root / f"usr/bin/quoin-{tool}"
        assert run(program, "--version").split() == [f"quoin-{tool}", version]
        manual = root / f"usr/share/man/man1/quoin-{tool}.1.gz"
        assert manual.exists(), manual
    layer, truth, found = (folder / name for name in ("layer.png", "truth.csv", "found.csv"))
    run(root / "usr/bin/quoin-synth", "--width", 256, "--height", 256, "--out", layer, "--truth", truth)
    run(root / "usr/bin/quoin-segment", layer, "--open", 1, "--fill-holes", 30, "--min-area", 60, "--components", found)
    assert truth.stat().st_size > 100 and found.stat().st_size > 100


def check_spread(build, root, folder):
    """The installed quoin-spread deals a folder out, by the quoin-batch of the package or of the build."""
    installed = {path.name for path in (root / "usr/share/quoin-spread/quoin_spread").iterdir()}
    assert installed == {path.name for path in (ROOT / "examples/spread/quoin_spread").glob("*.py")}, installed
    manual = gzip.decompress((root / "usr/share/man/man1/quoin-spread.1.gz").read_bytes()).decode()
    assert all(f".SS {command}\n" in manual for command in ("plan", "work", "merge", "status")), manual
    program = root / "usr/bin/quoin-spread"
    batch = next((path for path in (root / "usr/bin/quoin-batch", build / "examples/quoin-batch") if path.exists()), None)
    if not batch:
        assert "plan" in run(program, "--help", PYTHONDONTWRITEBYTECODE="1")
        return
    scans, out = folder / "scans", folder / "out"
    scans.mkdir()
    for k in range(5):
        (scans / f"{k}.pgm").write_bytes(b"P5\n3 2\n255\n" + bytes(range(k, k + 6)))
    environment = {"QUOIN_BATCH": str(batch), "PYTHONDONTWRITEBYTECODE": "1"}
    run(program, "plan", scans, out, "--job", "filters", "--chain", "gaussian3", **environment)
    run(program, "work", out, **environment)
    assert "5 files: 5 done" in run(program, "merge", out, **environment)


def check_python(root, version):
    code = """
import importlib.metadata, json, numpy, quoin
a = numpy.zeros((5, 7), numpy.uint8); a[2, 3] = 160
b = numpy.asarray(quoin.run(quoin.gaussian3, a))
print(json.dumps([quoin.__file__, importlib.metadata.version("quoin"), quoin.__version__, int(b[2, 3]), int(b[1, 2]), int(b[0, 0])]))
"""
    where, of_package, own, *values = json.loads(
        run(sys.executable, "-c", code, PYTHONPATH=f"{root}/usr/lib/python3/dist-packages", PYTHONDONTWRITEBYTECODE="1")
    )
    assert where.startswith(str(root)) and of_package == own == version, (where, of_package, own)
    assert values == [40, 10, 0], values


def check_compiled(deb, name, where):
    """Modules are compiled when the package is installed, and nothing of that is left when it is removed."""
    calls = {"postinst": f"py3compile -p {name}{where}", "prerm": f"py3clean -p {name}"}
    for script, call in calls.items():
        with tempfile.TemporaryDirectory() as folder:
            run("dpkg-deb", "-e", deb, folder)
            path = pathlib.Path(folder) / script
            assert path.stat().st_mode & 0o777 == 0o755
            bin = pathlib.Path(folder) / "bin"
            bin.mkdir()
            tool = bin / call.partition(" ")[0]
            tool.write_text(f'#!/bin/sh\necho "{tool.name} $*"\n')
            tool.chmod(0o755)
            argument = "configure" if script == "postinst" else "remove"
            assert run(path, argument, PATH=f"{bin}:/usr/bin:/bin").strip() == call
            assert script == "prerm" or run(path, "abort-upgrade", PATH=f"{bin}:/usr/bin:/bin") == ""


def main(build, cxx, *components):
    build = pathlib.Path(build)
    if not shutil.which("dpkg-deb") or not (build / "CPackConfig.cmake").exists():
        print("skipped: there is no dpkg here")
        return 77
    parts, reasons = built(build)
    if set(parts) - {"dev", "spread"} and not shutil.which("dpkg-shlibdeps"):
        parts, reasons = ["dev", "spread"], ["quoin-tools, python3-quoin: there is no dpkg-shlibdeps here (dpkg-dev)"]
    version = ".".join(re.findall(r"VERSION_\w+ (\d+)", (ROOT / "include/quoin/version.hpp").read_text()))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_manuals(build, folder)
        packages = make(build, folder, parts)
        names = {"dev": "quoin-dev", "spread": "quoin-spread", "tools": "quoin-tools", "python": "python3-quoin"}
        assert packages.keys() == {names[part] for part in parts}, packages
        again = folder / "again"
        again.mkdir()
        for once, deb in make(build, again, ["dev", "spread"]).items():
            assert deb.read_bytes() == packages[once].read_bytes(), f"{once}: not the same twice"
        if shutil.which("lintian"):
            said = run("lintian", "--allow-root", "--fail-on", "none", *packages.values())
            assert not said.strip(), said
        else:
            reasons.append("lintian: not here (cmake/setup.sh --packages)")
        root = folder / "root"
        for package in packages.values():
            run("dpkg-deb", "-x", package, root)
        field = run("dpkg-deb", "-f", packages["quoin-dev"], "Architecture", "Recommends")
        assert "Architecture: all" in field and "libxsimd-dev (>= 13)" in field, field
        check_dev(root, cxx, components, folder)
        check_spread(build, root, folder)
        check_compiled(packages["quoin-spread"], "quoin-spread", " /usr/share/quoin-spread")
        if "tools" in parts:
            assert "libstdc++6" in run("dpkg-deb", "-f", packages["quoin-tools"], "Depends")
            check_tools(root, version, folder)
        if "python" in parts:
            depends = run("dpkg-deb", "-f", packages["python3-quoin"], "Depends")
            assert "python3-numpy" in depends and "libc6" in depends, depends
            check_python(root, version)
            check_compiled(packages["python3-quoin"], "python3-quoin", "")
    print(f"{', '.join(packages)}: right", *(f"left out {reason}" for reason in reasons), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
