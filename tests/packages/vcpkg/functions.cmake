# SPDX-License-Identifier: BSL-1.0
# Runs a port where there is no vcpkg: stand-ins for the functions that the port of quoin calls, which do what vcpkg's do
# for a port without libraries. cmake -D PORT_DIR=... -D CURRENT_PACKAGES_DIR=... -D BUILD_DIR=... -P functions.cmake
cmake_minimum_required(VERSION 3.25)

function(must_run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  if(arg_UNPARSED_ARGUMENTS OR NOT VCPKG_BUILD_TYPE STREQUAL "release")
    message(FATAL_ERROR "the port is not one of headers: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  must_run(${CMAKE_COMMAND} -S ${arg_SOURCE_PATH} -B ${BUILD_DIR} -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR} -D BUILD_SHARED_LIBS=OFF ${arg_OPTIONS})
endfunction()

function(vcpkg_cmake_install)
  must_run(${CMAKE_COMMAND} --build ${BUILD_DIR})
  must_run(${CMAKE_COMMAND} --install ${BUILD_DIR})
endfunction()

# Moves the package to share/<name>, where files are one folder less deep.
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "PACKAGE_NAME;CONFIG_PATH" "")
  set(there ${CURRENT_PACKAGES_DIR}/share/${arg_PACKAGE_NAME})
  file(RENAME ${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH} ${there})
  file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/share/cmake)
  set(up "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\n")
  file(GLOB files ${there}/*.cmake)
  foreach(file IN LISTS files)
    file(READ ${file} text)
    string(REPLACE "${up}${up}${up}" "${up}${up}" text "${text}")
    string(REPLACE "\${CMAKE_CURRENT_LIST_DIR}/../../../" "\${CMAKE_CURRENT_LIST_DIR}/../../" text "${text}")
    file(WRITE ${file} "${text}")
  endforeach()
endfunction()

function(vcpkg_fixup_pkgconfig)
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  file(INSTALL ${arg_FILE_LIST} DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT} RENAME copyright)
endfunction()

set(PORT quoin)
include(${PORT_DIR}/portfile.cmake)
