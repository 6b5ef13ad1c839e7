# SPDX-License-Identifier: BSL-1.0
# Debian packages of a build of quoin, by cpack: quoin-dev, and quoin-tools and python3-quoin where they were configured.
# Included when all targets are known.
#
#   SOURCE_DATE_EPOCH         the time of the packages, for the same bytes once more
#   QUOIN_PACKAGE_MAINTAINER  Name <address>, for the field Maintainer

set(QUOIN_PACKAGE_MAINTAINER "quoin maintainers <quoin@example.org>" CACHE STRING "The maintainer of Debian packages")
string(TIMESTAMP package_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
string(TIMESTAMP package_day "%Y-%m-%d" UTC)
set(package_release 0quoin1) # not one of Debian's own numbers
set(package_files ${PROJECT_BINARY_DIR}/packages)
find_program(QUOIN_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(QUOIN_PYTHON NAMES python3)

# What a package has in its folder of documents: the license in Debian's format, and both changelogs.
file(READ LICENSE package_license)
string(STRIP "${package_license}" package_license)
string(REPLACE "\n\n" "\n.\n" package_license "${package_license}")
string(REPLACE "\n" "\n " package_license "${package_license}")
file(READ cmake/dependencies.json libraries)
string(JSON count LENGTH "${libraries}")
math(EXPR last "${count} - 1")
set(inside "")
set(recommends "")
set(suggests "")
foreach(index RANGE ${last})
  foreach(field name license use of debian least)
    string(JSON library_${field} ERROR_VARIABLE none GET "${libraries}" ${index} ${field})
  endforeach()
  if(library_use STREQUAL "component")
    if(library_least)
      string(APPEND library_debian " (>= ${library_least})")
    endif()
    if(library_of MATCHES "^(simd|parallel|io)$")
      list(APPEND recommends ${library_debian})
    else()
      list(APPEND suggests ${library_debian})
    endif()
  endif()
  if(library_name MATCHES "^(xsimd|stb|CLI11|nlohmann-json|nanobind)$") # headers, which are compiled in
    list(APPEND inside "${library_name} (${library_license})")
  endif()
endforeach()
list(JOIN inside ", " inside)
list(JOIN recommends ", " recommends)
list(JOIN suggests ", " suggests)
file(CONFIGURE OUTPUT ${package_files}/copyright @ONLY CONTENT
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: quoin
Comment: Compiled programs and modules contain code of ${inside}.

Files: *
Copyright: 2026 the authors of quoin
License: BSL-1.0

License: BSL-1.0
 ${package_license}
")
file(CONFIGURE OUTPUT ${package_files}/changelog.Debian @ONLY CONTENT
"quoin (${PROJECT_VERSION}-${package_release}) unstable; urgency=medium

  * Packages of quoin ${PROJECT_VERSION}; its own changelog has what is new.

 -- ${QUOIN_PACKAGE_MAINTAINER}  ${package_date}
")
foreach(name_and_source changelog.Debian.gz,${package_files}/changelog.Debian changelog.gz,docs/changelog.md)
  string(REPLACE "," ";" name_and_source ${name_and_source})
  list(POP_FRONT name_and_source name source)
  execute_process(COMMAND gzip -9nc ${source} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_FILE ${package_files}/${name} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has a line of its own
set(CPACK_PACKAGE_CONTACT "${QUOIN_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${package_release})
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL "")

# quoin_add_package(<component> <name> <section> <line> <text>): a package of what is installed as this component.
function(quoin_add_package component name section line text)
  install(FILES ${package_files}/copyright ${package_files}/changelog.gz ${package_files}/changelog.Debian.gz
    DESTINATION share/doc/${name} COMPONENT ${component} EXCLUDE_FROM_ALL)
  string(TOUPPER CPACK_DEBIAN_${component} prefix)
  foreach(variable_and_value "PACKAGE_NAME;${name}" "PACKAGE_SECTION;${section}" "DESCRIPTION;${line}\n${text}")
    list(POP_FRONT variable_and_value variable)
    set(${prefix}_${variable} "${variable_and_value}" PARENT_SCOPE)
  endforeach()
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} PARENT_SCOPE)
endfunction()

# quoin_compile_python(<component> <name> [FOLDER]): Debian's tools compile the modules of the package when it is installed,
# those in FOLDER or in the folder of all modules, and remove what they have made when it is removed.
function(quoin_compile_python component name)
  list(TRANSFORM ARGN PREPEND " " OUTPUT_VARIABLE where)
  set(scripts ${package_files}/scripts/${name})
  file(WRITE ${scripts}/postinst
    "#!/bin/sh\nset -e\nif [ \"$1\" = configure ]; then\n\tpy3compile -p ${name}${where}\nfi\n")
  file(WRITE ${scripts}/prerm
    "#!/bin/sh\nset -e\nif command -v py3clean >/dev/null; then\n\tpy3clean -p ${name}\nfi\n")
  string(TOUPPER CPACK_DEBIAN_${component}_PACKAGE_CONTROL_EXTRA variable)
  set(${variable} "${scripts}/postinst;${scripts}/prerm" PARENT_SCOPE)
endfunction()

quoin_add_package(dev quoin-dev libdevel "image processing in C++20: fused pipelines and exact rectangles"
"quoin is a header-only library. A chain of filters is a value, which is
computed in one pass over memory, with vectors, threads or Kokkos, with the
same bytes each time. A segmenter cuts regions into exact rectangles.
.
This package has the headers and the CMake package.")
set(CPACK_DEBIAN_DEV_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS "${recommends}")
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "${suggests}")

set(tools "")
foreach(tool IN ITEMS batch filters nuclei segment serve synth tensor)
  if(TARGET quoin-${tool})
    list(APPEND tools quoin-${tool})
  endif()
endforeach()
if(tools AND QUOIN_PYTHON)
  install(TARGETS ${tools} RUNTIME DESTINATION bin COMPONENT tools EXCLUDE_FROM_ALL)
  foreach(tool IN LISTS tools)
    set(manual ${package_files}/${tool}.1.gz)
    install(CODE "execute_process(COMMAND \"${QUOIN_PYTHON}\" \"${PROJECT_SOURCE_DIR}/cmake/man_page.py\"
      \"$<TARGET_FILE:${tool}>\" ${package_day} \"${manual}\" COMMAND_ERROR_IS_FATAL ANY)"
      COMPONENT tools EXCLUDE_FROM_ALL)
    install(FILES ${manual} DESTINATION share/man/man1 COMPONENT tools EXCLUDE_FROM_ALL)
  endforeach()
  quoin_add_package(tools quoin-tools graphics "image filters, rectangles and nuclei from the command line"
"Programs of the image-processing library quoin: chains of operations on
images in one pass, exact rectangles of printed layers, nuclei, input of
models, and folders of images overnight.")
  set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
endif()

if(QUOIN_PYTHON)
  set(spread ${PROJECT_SOURCE_DIR}/examples/spread)
  set(spread_folder share/quoin-spread)
  install(PROGRAMS ${spread}/quoin-spread ${spread}/dask_run.py ${spread}/ray_run.py ${spread}/celery_run.py
      ${spread}/slurm_run.sh ${spread}/slurm_array.sh
    DESTINATION ${spread_folder} COMPONENT spread EXCLUDE_FROM_ALL)
  install(DIRECTORY ${spread}/quoin_spread DESTINATION ${spread_folder} COMPONENT spread EXCLUDE_FROM_ALL
    FILES_MATCHING PATTERN "*.py" PATTERN "__pycache__" EXCLUDE)
  install(FILES ${spread}/service-times.tsv DESTINATION ${spread_folder} COMPONENT spread EXCLUDE_FROM_ALL)
  file(CREATE_LINK ../${spread_folder}/quoin-spread ${package_files}/quoin-spread SYMBOLIC)
  install(FILES ${package_files}/quoin-spread DESTINATION bin COMPONENT spread EXCLUDE_FROM_ALL)
  set(manual ${package_files}/quoin-spread.1.gz)
  install(CODE "execute_process(COMMAND \"${QUOIN_PYTHON}\" \"${PROJECT_SOURCE_DIR}/cmake/man_page.py\"
    \"${spread}/quoin-spread\" ${package_day} \"${manual}\" ${PROJECT_VERSION} COMMAND_ERROR_IS_FATAL ANY)"
    COMPONENT spread EXCLUDE_FROM_ALL)
  install(FILES ${manual} DESTINATION share/man/man1 COMPONENT spread EXCLUDE_FROM_ALL)
  quoin_add_package(spread quoin-spread graphics "folders of images dealt out to many machines"
"quoin-spread deals the work of quoin-batch out to machines that see the same
folders, by itself or with Dask, Ray, Celery or Slurm. Machines may be lost,
and the outputs are those of one quoin-batch.")
  quoin_compile_python(spread quoin-spread /usr/share/quoin-spread)
  set(CPACK_DEBIAN_SPREAD_PACKAGE_ARCHITECTURE all)
  set(CPACK_DEBIAN_SPREAD_PACKAGE_DEPENDS "python3 (>= 3.10), quoin-tools")
endif()

if(TARGET quoin_module)
  set(module_folder lib/python3/dist-packages/quoin)
  install(TARGETS quoin_module LIBRARY DESTINATION ${module_folder} COMPONENT python EXCLUDE_FROM_ALL)
  get_target_property(module_binary_dir quoin_module BINARY_DIR)
  install(FILES ${module_binary_dir}/quoin/__init__.pyi ${module_binary_dir}/quoin/_quoin.pyi
    DESTINATION ${module_folder} COMPONENT python EXCLUDE_FROM_ALL)
  install(DIRECTORY examples/python/quoin/ DESTINATION ${module_folder} COMPONENT python EXCLUDE_FROM_ALL
    FILES_MATCHING PATTERN "*.py" PATTERN "py.typed" PATTERN "__pycache__" EXCLUDE)
  file(CONFIGURE OUTPUT ${package_files}/METADATA @ONLY CONTENT
    "Metadata-Version: 2.1\nName: quoin\nVersion: ${PROJECT_VERSION}\nLicense: BSL-1.0\nRequires-Dist: numpy>=1.23\n")
  install(FILES ${package_files}/METADATA DESTINATION ${module_folder}-${PROJECT_VERSION}.dist-info
    COMPONENT python EXCLUDE_FROM_ALL)
  quoin_add_package(python python3-quoin python "pipelines of image operations on NumPy arrays (Python 3)"
"quoin computes chains of image operations in one pass over memory, without
copying the arrays, and finds rectangles, components and nuclei.")
  quoin_compile_python(python python3-quoin)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS ON)
  get_target_property(suffix quoin_module SUFFIX)
  if(suffix MATCHES "cpython-3([0-9]+)") # for this version of Python alone
    math(EXPR next "${CMAKE_MATCH_1} + 1")
    set(python_versions "python3 (>= 3.${CMAKE_MATCH_1}~), python3 (<< 3.${next})")
  else()
    set(python_versions "python3 (>= 3.12~)") # the stable ABI
  endif()
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "${python_versions}, python3-numpy")
endif()

include(CPack)
