# SPDX-License-Identifier: BSL-1.0
# quoin's components and the libraries behind them, found the same way by quoin's build and by its users.

set(quoin_components simd parallel kokkos mpi io codecs tiff)
set(quoin_simd_links xsimd)
set(quoin_parallel_links TBB::tbb)
set(quoin_kokkos_links Kokkos::kokkos)
# Without MPI's own C++ functions, which some headers still have.
set(quoin_mpi_links MPI::MPI_CXX)
set(quoin_mpi_definitions OMPI_SKIP_MPICXX=1 MPICH_SKIP_MPICXX=1)
set(quoin_io_links quoin::stb)
set(quoin_codecs_links JPEG::JPEG PNG::PNG)
set(quoin_codecs_definitions QUOIN_WITH_CODECS=1)
set(quoin_tiff_links TIFF::TIFF)
set(quoin_tiff_definitions QUOIN_WITH_TIFF=1)

# quoin_find_component(<component> <missing>): looks for the library behind a component and makes its target known.
# Sets the variable <missing> to what is wrong, in words, or to nothing.
function(quoin_find_component component missing)
  if(component STREQUAL "simd")
    _quoin_find(xsimd 13 reason)
  elseif(component STREQUAL "parallel")
    _quoin_find(TBB 2021 reason)
  elseif(component STREQUAL "kokkos")
    _quoin_find(Kokkos 4.7 reason)
  elseif(component STREQUAL "mpi")
    _quoin_find_module(MPI MPI::MPI_CXX "an MPI for C++, such as Open MPI or MPICH" reason)
  elseif(component STREQUAL "io")
    _quoin_find_stb(reason)
  elseif(component STREQUAL "codecs")
    _quoin_find_module(JPEG JPEG::JPEG "libjpeg-turbo" reason)
    if(NOT reason)
      _quoin_find_module(PNG PNG::PNG "libpng" reason)
    endif()
  elseif(component STREQUAL "tiff")
    _quoin_find_module(TIFF TIFF::TIFF "libtiff 4.5 or later" reason)
    if(NOT reason AND TIFF_VERSION_STRING AND TIFF_VERSION_STRING VERSION_LESS 4.5)
      set(reason "it needs libtiff 4.5 or later, and ${TIFF_INCLUDE_DIRS} has ${TIFF_VERSION_STRING}")
    endif()
  else()
    list(JOIN quoin_components ", " known)
    set(reason "quoin has no component '${component}', only ${known}, runtime")
  endif()
  set(${missing} "${reason}" PARENT_SCOPE)
endfunction()

# The packages' version files refuse a new major version, so the version is compared here.
function(_quoin_find package version reason)
  find_package(${package} QUIET CONFIG)
  set(found "")
  if(NOT ${package}_FOUND)
    set(found "which is not found")
  elseif(${package}_VERSION VERSION_LESS version)
    set(found "and ${${package}_DIR} is ${${package}_VERSION}")
  endif()
  if(found)
    string(CONCAT found "it needs ${package} ${version} or later, ${found}; "
      "name the prefix of one in CMAKE_PREFIX_PATH")
  endif()
  set(${reason} "${found}" PARENT_SCOPE)
endfunction()

# What CMake's own module finds.
function(_quoin_find_module package target name reason)
  find_package(${package} QUIET MODULE)
  set(found "")
  if(NOT TARGET ${target} OR NOT ${package}_FOUND) # CMake makes a target of an MPI that is not there, too
    set(found "it needs ${name}, which is not found; name the prefix of one in CMAKE_PREFIX_PATH")
  else()
    set_target_properties(${target} PROPERTIES IMPORTED_GLOBAL TRUE)
  endif()
  set(${reason} "${found}" PARENT_SCOPE)
  set(TIFF_VERSION_STRING "${TIFF_VERSION_STRING}" PARENT_SCOPE)
endfunction()

# Debian has stb/stb_image.h, vcpkg stb_image.h; quoin includes either.
function(_quoin_find_stb reason)
  find_path(QUOIN_STB_INCLUDE_DIR NAMES stb/stb_image.h stb_image.h DOC "The folder that has stb/ or stb_image.h")
  mark_as_advanced(QUOIN_STB_INCLUDE_DIR)
  if(QUOIN_STB_INCLUDE_DIR)
    if(NOT TARGET quoin::stb)
      add_library(quoin::stb INTERFACE IMPORTED)
      set_target_properties(quoin::stb PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${QUOIN_STB_INCLUDE_DIR}")
    endif()
    set(${reason} "" PARENT_SCOPE)
  else()
    set(${reason} "it needs stb_image.h and stb_image_write.h, which are not found; name their folder in QUOIN_STB_INCLUDE_DIR"
      PARENT_SCOPE)
  endif()
endfunction()

# A status line for each option without which a program with vectors is many times as slow as it can be. What a target
# has of its own is not seen here.
function(quoin_tell_speed)
  get_directory_property(options COMPILE_OPTIONS)
  set(options "${CMAKE_CXX_FLAGS} ${options}")
  if(NOT CMAKE_CONFIGURATION_TYPES AND NOT CMAKE_BUILD_TYPE AND NOT options MATCHES "-O")
    message(STATUS "quoin: no build type is set, so that nothing is optimized; give -D CMAKE_BUILD_TYPE=Release")
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND NOT options MATCHES "-m(arch|avx|sse)")
    message(STATUS "quoin: without an instruction set, simd has vectors of 16 bytes; give -march=native, or use "
      "quoin_add_dispatched")
  endif()
endfunction()
