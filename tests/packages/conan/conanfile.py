# SPDX-License-Identifier: BSL-1.0
"""Builds the project of tests/consumer with the package and the components that its options name, and runs it."""
import pathlib

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout


class QuoinTest(ConanFile):
    settings = "os", "arch", "compiler", "build_type"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        options = self.dependencies["quoin"].options
        used = [c for c in ("simd", "parallel", "kokkos", "mpi", "io", "codecs", "tiff") if options.get_safe(c)]
        toolchain.cache_variables["COMPONENTS"] = ",".join(used)
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure(build_script_folder=str(pathlib.Path(self.recipe_folder).parents[1] / "consumer/project"))
        cmake.build()

    def test(self):
        if can_run(self):
            self.run(str(pathlib.Path(self.build_folder) / self.cpp.build.bindir / "consumer"), env="conanrun")
