# SPDX-License-Identifier: BSL-1.0
"""The recipe for Conan, with a cache of its own and no remote: conan.py CXX XSIMD_INCLUDE_DIR

quoin is created with the option simd, for which a package of the headers in XSIMD_INCLUDE_DIR stands in; the project of
tests/consumer is built with it. With all options the graph has every library of cmake/dependencies.json. Exit status 77:
there is no conan here (pip install conan).
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

STAND_IN = '''
import os
from conan import ConanFile
from conan.tools.files import copy
class StandIn(ConanFile):
    package_type = "header-library"
    def package(self):
        copy(self, "*", os.environ["STAND_IN_INCLUDE"], os.path.join(self.package_folder, "include"))
    def package_id(self):
        self.info.clear()
    def package_info(self):
        self.cpp_info.set_property("cmake_target_name", "xsimd")
'''


def main(cxx, xsimd):
    program = shutil.which("conan", path=os.environ.get("QUOIN_CONAN_PATH", "") + os.pathsep + os.environ["PATH"])
    if not program:
        print("skipped: there is no conan here; pip install conan")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = {**os.environ, "CONAN_HOME": f"{folder}/home", "CXX": cxx, "CONAN_NON_INTERACTIVE": "1"}

        def conan(*arguments, **more):
            result = subprocess.run(
                [program, *map(str, arguments)], cwd=folder, env={**environment, **more},
                capture_output=True, text=True, check=False,
            )
            assert result.returncode == 0, f"{arguments}\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
            return result.stdout + result.stderr

        conan("profile", "detect")
        recipe = folder / "stand_in"
        (recipe / "include").mkdir(parents=True)
        (recipe / "conanfile.py").write_text(STAND_IN)
        shutil.copytree(pathlib.Path(xsimd) / "xsimd", recipe / "include/xsimd")

        libraries = [e for e in json.loads((ROOT / "cmake/dependencies.json").read_text()) if e["use"] == "component"]
        for library in libraries:
            version = f"{library['least']}.9" if library["least"] else "cci.20240531"
            conan("create" if library["name"] == "xsimd" else "export", recipe, "--name", library["conan"],
                  "--version", version, STAND_IN_INCLUDE=f"{recipe}/include")
        create = ("create", ROOT, "--no-remote", "-s", "compiler.cppstd=20", "-c", "tools.cmake.cmaketoolchain:generator=Ninja",
                  "-c", f"tools.cmake.cmake_layout:test_folder={folder}/test")
        said = conan(*create, "-o", "quoin/*:simd=True")
        assert "serial: right" in said and "simd" in said.partition("serial: right")[2], said[-2000:]

        options = [word for library in libraries for word in ("-o", f"quoin/*:{library['of']}=True")]
        graph = conan("graph", "info", ROOT, "--no-remote", "-s", "compiler.cppstd=20", *options)
        for library in libraries:
            assert f"{library['conan']}/" in graph, f"{library['conan']} is not in the graph"
    print("created, found and used with the component simd; all options name a library")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
