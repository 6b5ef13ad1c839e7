# SPDX-License-Identifier: BSL-1.0
"""The recipe of quoin for Conan 2: conan create quoin -o "quoin/*:simd=True" -o "quoin/*:parallel=True"

An option for each component; it brings the library behind it. The headers are the same with any options, and so is the
package. find_package(quoin COMPONENTS ...) works as it does elsewhere, since the recipe hands out quoin's own package.
"""
import json
import pathlib
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

COMPONENTS = ("simd", "parallel", "kokkos", "mpi", "io", "codecs", "tiff")


class QuoinRecipe(ConanFile):
    name = "quoin"
    license = "BSL-1.0"
    description = "Header-only C++20 image processing: fused pipelines and exact rectangles under any policy"
    topics = ("image-processing", "simd", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {component: [True, False] for component in COMPONENTS}
    default_options = {component: False for component in COMPONENTS}
    exports = "include/quoin/version.hpp", "cmake/dependencies.json"
    exports_sources = "CMakeLists.txt", "LICENSE", "include/*", "cmake/*"
    no_copy_source = True
    test_package_folder = "tests/packages/conan"

    def set_version(self):
        header = load(self, pathlib.Path(self.recipe_folder) / "include/quoin/version.hpp")
        self.version = ".".join(
            re.search(rf"#define QUOIN_VERSION_{part} (\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH")
        )

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        libraries = json.loads(load(self, pathlib.Path(self.recipe_folder) / "cmake/dependencies.json"))
        for library in libraries:
            if library["use"] == "component" and self.options.get_safe(library["of"]):
                least = library["least"]
                # stb has no numbers; its versions are days.
                self.requires(f"{library['conan']}/[{f'>={least}' if least else '*'}]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def generate(self):
        toolchain = CMakeToolchain(self)
        for option in ("TESTS", "EXAMPLES", "BENCH"):
            toolchain.cache_variables[f"QUOIN_BUILD_{option}"] = False
        toolchain.cache_variables["QUOIN_INSTALL"] = True
        for component in COMPONENTS:
            toolchain.cache_variables[f"QUOIN_{component.upper()}"] = "OFF"
        toolchain.generate()

    def build(self):
        CMake(self).configure()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, pathlib.Path(self.package_folder) / "licenses")

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        # Its own files, which know components, instead of what Conan would write.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["share/cmake/quoin"]
