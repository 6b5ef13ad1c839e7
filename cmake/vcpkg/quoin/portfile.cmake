# SPDX-License-Identifier: BSL-1.0
# The port of quoin, an overlay port of the sources in which it lies: vcpkg install --overlay-ports=quoin/cmake/vcpkg quoin.
# A feature has vcpkg build the library behind a component; the headers and the package are the same with any features.

# quoin-filters and its like are no part of the port, and nothing is compiled.
set(VCPKG_BUILD_TYPE release)
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(no_components "")
foreach(component simd parallel kokkos mpi io codecs tiff)
  string(TOUPPER "-DQUOIN_${component}=OFF" option)
  list(APPEND no_components ${option})
endforeach()
vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    -DQUOIN_INSTALL=ON
    -DQUOIN_BUILD_TESTS=OFF
    -DQUOIN_BUILD_EXAMPLES=OFF
    -DQUOIN_BUILD_BENCH=OFF
    # What stands in the installed package is independent of what is found here.
    ${no_components})
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME quoin CONFIG_PATH share/cmake/quoin)
vcpkg_fixup_pkgconfig()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/doc")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
