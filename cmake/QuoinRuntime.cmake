# SPDX-License-Identifier: BSL-1.0
# quoin::runtime, the compiled half of <quoin/runtime/any_pipeline.hpp>: every operation of the catalogue once for each
# family of lanes.
#
#   quoin_add_runtime()
#
# makes the library of sources that lie beside this file, with the options of the caller. Each list of the catalogue is
# an object of its own for each family. Stages that gather and whole stages compute without lanes: one object holds both
# of their families where these are compiled with the same options, for half of the time. Where CMAKE_CXX_FLAGS name an
# instruction set (-march=...), that one is used; elsewhere the objects with vectors are compiled for the levels of
# QUOIN_RUNTIME_LEVELS, the best of which is picked when the program starts. QUOIN_RUNTIME_GROUPS names lists of the
# catalogue, with semicolons or commas between them: chains then know the operations of these alone, and the library
# compiles in as much less time.

set(quoin_runtime_groups border color conversion corner edge geometry kernel linear morphology point rank resize smooth space texture tone warp whole arithmetic)
set(quoin_runtime_gathering_groups warp whole)

function(quoin_add_runtime)
  if(TARGET quoin_runtime)
    return()
  endif()
  set(sources ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/runtime)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/quoin_runtime)
  set(QUOIN_RUNTIME_LEVELS "x86-64;x86-64-v3;x86-64-v4" CACHE STRING
    "The levels of x86-64 for which quoin::runtime is compiled where no option names an instruction set")

  set(QUOIN_RUNTIME_GROUPS "" CACHE STRING
    "The lists of the catalogue of which quoin::runtime has the operations (nothing: all)")
  string(REPLACE "," ";" chosen "${QUOIN_RUNTIME_GROUPS}")
  foreach(group IN LISTS chosen)
    if(NOT group IN_LIST quoin_runtime_groups)
      message(FATAL_ERROR "QUOIN_RUNTIME_GROUPS: the catalogue has no list '${group}', only ${quoin_runtime_groups}")
    endif()
  endforeach()
  set(groups "")
  set(lists "")
  foreach(group IN LISTS quoin_runtime_groups) # in the order of the catalogue
    if(NOT chosen OR group IN_LIST chosen)
      list(APPEND groups ${group})
      list(APPEND lists quoin::${group}_entries)
    endif()
  endforeach()
  list(JOIN lists "," lists)

  add_library(quoin_runtime STATIC EXCLUDE_FROM_ALL ${sources}/plan.cpp)
  set_target_properties(quoin_runtime PROPERTIES POSITION_INDEPENDENT_CODE ON EXPORT_NAME runtime)
  target_link_libraries(quoin_runtime PUBLIC quoin::quoin)
  # Its code runs once for an evaluation, and has all operations for all types: -O2 takes half as long again for it.
  set_source_files_properties(${sources}/plan.cpp PROPERTIES COMPILE_OPTIONS
    "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-O1>")
  if(chosen)
    target_compile_definitions(quoin_runtime PRIVATE "QUOIN_CATALOGUE_LISTS=${lists}")
  endif()
  set(families scalar)
  if(TARGET quoin::simd)
    list(APPEND families simd)
  endif()
  set(one_instruction_set OFF)
  if(NOT TARGET quoin::simd OR CMAKE_CXX_FLAGS MATCHES "-march=")
    set(one_instruction_set ON)
  endif()
  foreach(family IN LISTS families)
    list(TRANSFORM groups PREPEND quoin_runtime_${family}_ OUTPUT_VARIABLE functions)
    list(JOIN functions ", " functions)
    configure_file(${sources}/evaluate.cpp.in ${generated}/evaluate_${family}.cpp @ONLY)
    _quoin_add_runtime_source(${family} evaluate_${family} ${generated}/evaluate_${family}.cpp)
    foreach(group IN LISTS groups)
      configure_file(${sources}/group.cpp.in ${generated}/${family}_${group}.cpp @ONLY)
      if(NOT (one_instruction_set AND TARGET quoin::simd AND group IN_LIST quoin_runtime_gathering_groups))
        _quoin_add_runtime_source(${family} ${family}_${group} ${generated}/${family}_${group}.cpp)
      elseif(family STREQUAL "simd")
        file(CONFIGURE OUTPUT ${generated}/both_${group}.cpp
          CONTENT "#include \"scalar_${group}.cpp\"\n#include \"simd_${group}.cpp\"\n")
        _quoin_add_runtime_source(simd both_${group} ${generated}/both_${group}.cpp)
      endif()
    endforeach()
  endforeach()
  # The headers are read once for all objects of one instruction set, which saves a sixth of the time.
  if(one_instruction_set)
    list(TRANSFORM families REPLACE "(.+)" "<quoin/lanes/\\1_lanes.hpp>" OUTPUT_VARIABLE lanes)
    target_precompile_headers(quoin_runtime PRIVATE <quoin/catalogue.hpp> ${lanes}
      <quoin/runtime/detail/builder.hpp> <quoin/runtime/detail/evaluate.hpp>)
  endif()
  add_library(quoin::runtime ALIAS quoin_runtime)
endfunction()

function(_quoin_add_runtime_source family name source)
  if(family STREQUAL "scalar")
    target_sources(quoin_runtime PRIVATE ${source})
  elseif(CMAKE_CXX_FLAGS MATCHES "-march=")
    target_sources(quoin_runtime PRIVATE ${source})
    target_link_libraries(quoin_runtime PUBLIC quoin::simd)
  else()
    quoin_add_dispatched(quoin_runtime_${name}_dispatched SOURCE ${source} ENTRY quoin_runtime_${name}
      LEVELS ${QUOIN_RUNTIME_LEVELS} LIBRARIES quoin::simd)
    set(target quoin_runtime_${name}_dispatched)
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL TRUE)
    foreach(level IN LISTS QUOIN_RUNTIME_LEVELS)
      string(MAKE_C_IDENTIFIER "${level}" suffix)
      if(TARGET ${target}_${suffix})
        set_target_properties(${target}_${suffix} PROPERTIES EXCLUDE_FROM_ALL TRUE)
      endif()
    endforeach()
    target_link_libraries(quoin_runtime PUBLIC ${target})
  endif()
endfunction()
