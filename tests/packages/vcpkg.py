# SPDX-License-Identifier: BSL-1.0
"""The port for vcpkg, and the lists of what quoin uses: vcpkg.py CXX [COMPONENT...]

cmake/dependencies.json, the manifests for vcpkg, Conan's options and the components of CMake name the same. The port is run
with stand-ins for vcpkg's functions; a project finds the components, which this machine has, in what it installs, and is
built with it.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PORT = ROOT / "cmake/vcpkg/quoin"


def run(*command):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout[-2000:]}{result.stderr[-2000:]}"
    return result.stdout


def names(dependencies):
    return {d if isinstance(d, str) else d["name"] for d in dependencies}


def components_of_cmake():
    return re.search(r"set\(quoin_components ([\w ]+)\)", (ROOT / "cmake/QuoinComponents.cmake").read_text())[1].split()


def check_lists():
    libraries = json.loads((ROOT / "cmake/dependencies.json").read_text())
    components = components_of_cmake()
    assert {e["of"] for e in libraries if e["use"] == "component"} == set(components)
    port, manifest = (json.loads(p.read_text()) for p in (PORT / "vcpkg.json", ROOT / "vcpkg.json"))
    assert port["features"].keys() == set(components), "the port has other features than CMake has components"
    for component in components:
        wanted = {e["vcpkg"] for e in libraries if e["use"] == "component" and e["of"] == component}
        for document in (port, manifest):
            assert names(document["features"][component]["dependencies"]) == wanted, component
        assert port["features"][component] == manifest["features"][component], component
    for use in ("tools", "serve", "tests", "bench"):
        wanted = {e["vcpkg"] for e in libraries if e["use"] == use}
        assert names(manifest["features"][use]["dependencies"]) - {"quoin"} == wanted, use
    for key in ("version-semver", "license", "description"):
        assert port[key] == manifest[key], key
    for file in ("conanfile.py", "cmake/vcpkg/quoin/portfile.cmake"):
        text = (ROOT / file).read_text()
        listed = re.search(r"COMPONENTS = \(([^)]*)\)|foreach\(component ([^)]*)\)", text)
        assert re.findall(r"\w+", listed[1] or listed[2]) == components, file


def check_port(cxx, components):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        package = folder / "package"
        run("cmake", "-D", f"PORT_DIR={PORT}", "-D", f"CURRENT_PACKAGES_DIR={package}", "-D", f"BUILD_DIR={folder}/build",
            "-P", HERE / "vcpkg/functions.cmake")
        assert {p.name for p in package.iterdir()} == {"include", "share"}, "vcpkg wants nothing else of headers"
        assert (package / "share/quoin/copyright").read_bytes() == (ROOT / "LICENSE").read_bytes()
        for file in (package / "share").rglob("*"):
            assert not file.is_file() or str(folder) not in file.read_text(), f"{file} names the folder that it was made in"
        moved = folder / "installed"
        package.rename(moved)

        for use, build in ((components, False), ([], True)):
            project = folder / f"project-{len(use)}"
            run("cmake", "-S", ROOT / "tests/consumer/project", "-B", project, "-D", f"quoin_ROOT={moved}",
                "-D", f"COMPONENTS={','.join(use)}", "-D", f"CMAKE_CXX_COMPILER={cxx}")
            if build:
                run("cmake", "--build", project)
                assert "serial: right" in run(project / "consumer")


if __name__ == "__main__":
    check_lists()
    check_port(sys.argv[1], sys.argv[2:])
    print(f"the port has what {', '.join(sys.argv[2:]) or 'no component'} and a program need")
