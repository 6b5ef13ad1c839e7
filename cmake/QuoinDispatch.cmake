# SPDX-License-Identifier: BSL-1.0
# quoin_add_dispatched: one source compiled for several instruction sets, the best of which is picked at start-up.
#
#   quoin_add_dispatched(<target> SOURCE <file> ENTRY <function>
#                        [LEVELS x86-64 x86-64-v3 x86-64-v4 x86-64-v4+vbmi] [LIBRARIES quoin::simd ...])
#   target_link_libraries(program PRIVATE <target>)
#
# <target> becomes a static library. <file> defines `extern "C"` <function>; it is compiled once for each level, the
# levels in ascending order, the first being what every machine that runs the program has. A call of <function> goes to
# the best level that the machine supports; x86-64-v4+vbmi is x86-64-v4 with AVX512-IFMA, VBMI, VBMI2 and VNNI, as processors since Ice
# Lake and Zen 4 have them, where quoin permutes and looks up bytes (before static initialization has come to it, to the first level);
# `extern "C" char const* <function>_level()` names that level. LIBRARIES are used by every level.
#
# <function> takes and returns numbers, pointers and the like: the types of quoin are different types under each
# instruction set. An exception that leaves it is to be caught as std::exception, for the same reason.
#
# Only <function> is visible outside of a level's object: templates and inline functions of the standard library, which
# the linker would otherwise merge with those of the rest of the program, stay apart, and no instruction gets into code
# that runs on a lesser machine. For the same reason <file> must not have objects that are initialized at start-up
# (<iostream> brings one): that is an error when it is built.
#
# On other processors, without the GNU linker, and under a sanitizer (whose bookkeeping spans all objects of a program)
# the source is compiled once, as it is; <function>_level says "default".

function(quoin_add_dispatched target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SOURCE;ENTRY" "LEVELS;LIBRARIES")
  if(NOT arg_SOURCE OR NOT arg_ENTRY OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "quoin_add_dispatched(${target} ...) needs SOURCE <file> and ENTRY <function>, and knows beside "
      "them LEVELS and LIBRARIES; left over: '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  if(NOT arg_LEVELS)
    set(arg_LEVELS x86-64 x86-64-v3 x86-64-v4 x86-64-v4+vbmi)
  endif()
  foreach(level IN LISTS arg_LEVELS)
    if(NOT level MATCHES "^x86-64(-v[234]|-v4[+]vbmi)?$")
      message(FATAL_ERROR "quoin_add_dispatched(${target} ...): '${level}' is no level; there are x86-64, x86-64-v2, "
        "x86-64-v3, x86-64-v4 and x86-64-v4+vbmi")
    endif()
  endforeach()

  set(dispatcher ${CMAKE_CURRENT_BINARY_DIR}/${target}_dispatcher.cpp)
  _quoin_can_dispatch(can_dispatch)
  if(can_dispatch AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    set(objects "")
    foreach(level IN LISTS arg_LEVELS)
      _quoin_add_level(${target} ${level})
    endforeach()
    _quoin_write_dispatcher(${dispatcher} ${arg_ENTRY} ${arg_LEVELS})
    add_library(${target} STATIC ${dispatcher} ${objects})
    set_source_files_properties(${objects} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
    set_target_properties(${target} PROPERTIES QUOIN_DISPATCHED_OBJECTS "${objects}")
  else()
    file(CONFIGURE OUTPUT ${dispatcher} CONTENT
      "extern \"C\" char const* @arg_ENTRY@_level() { return \"default\"; }\n" @ONLY)
    add_library(${target} STATIC ${dispatcher} ${arg_SOURCE})
  endif()
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES})
endfunction()

function(_quoin_can_dispatch result)
  find_program(QUOIN_GNU_LD NAMES ld.bfd ld DOC "The GNU linker, which quoin_add_dispatched uses")
  mark_as_advanced(QUOIN_GNU_LD)
  set(${result} FALSE PARENT_SCOPE)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8
      AND CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$" AND CMAKE_OBJCOPY AND CMAKE_OBJDUMP AND QUOIN_GNU_LD)
    execute_process(COMMAND ${QUOIN_GNU_LD} --help OUTPUT_VARIABLE help ERROR_QUIET)
    if(help MATCHES "--force-group-allocation")
      set(${result} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

# The source compiled for one level, in an object that exports ${arg_ENTRY}_<level> alone; appended to ${objects}.
function(_quoin_add_level target level)
  string(MAKE_C_IDENTIFIER "${level}" suffix)
  add_library(${target}_${suffix} OBJECT ${arg_SOURCE})
  target_link_libraries(${target}_${suffix} PRIVATE ${arg_LIBRARIES})
  string(REPLACE "+vbmi" ";-mavx512ifma;-mavx512vbmi;-mavx512vbmi2;-mavx512vnni" march "${level}")
  target_compile_options(${target}_${suffix} PRIVATE -march=${march} -fno-lto # the last -march counts
    $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>) # objcopy cannot make unique symbols local
  set_target_properties(${target}_${suffix} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${target}_${suffix}${CMAKE_CXX_OUTPUT_EXTENSION})
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_COMMAND} -D IN=$<TARGET_OBJECTS:${target}_${suffix}> -D OUT=${object}
      -D ENTRY=${arg_ENTRY} -D EXPORTED=${arg_ENTRY}_${suffix}
      -D LD=${QUOIN_GNU_LD} -D OBJCOPY=${CMAKE_OBJCOPY} -D OBJDUMP=${CMAKE_OBJDUMP}
      -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/QuoinIsolate.cmake
    DEPENDS ${target}_${suffix} $<TARGET_OBJECTS:${target}_${suffix}> ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/QuoinIsolate.cmake
    COMMENT "Isolating ${arg_ENTRY} for ${level}" VERBATIM)
  set(objects ${objects} ${object} PARENT_SCOPE)
endfunction()

# The entry is a jump through a pointer, so that it needs to know nothing of its parameters.
function(_quoin_write_dispatcher file entry)
  list(POP_FRONT ARGN lowest)
  string(MAKE_C_IDENTIFIER "${lowest}" lowest_suffix)
  set(declarations "")
  set(choices "")
  foreach(level IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER "${level}" suffix)
    string(APPEND declarations "void ${entry}_${suffix}();\n")
    string(APPEND choices "    if (supports_${suffix}()) picked = {${entry}_${suffix}, \"${level}\"};\n")
  endforeach()
  file(CONFIGURE OUTPUT ${file} CONTENT [==[
// Made by quoin_add_dispatched: @entry@ for the best level that this machine supports.
extern "C" {
void @entry@_@lowest_suffix@();
@declarations@
struct @entry@_choice {
    void (*function)();
    char const* level;
};
[[gnu::visibility("hidden"), gnu::used]] @entry@_choice @entry@_picked = {@entry@_@lowest_suffix@, "@lowest@"};
char const* @entry@_level() { return @entry@_picked.level; }
}

asm(R"(
    .text
    .globl @entry@
    .type @entry@, @function
@entry@:
    endbr64
    jmp *@entry@_picked(%rip)
    .size @entry@, . - @entry@
)");

namespace {

// clang before 18 does not know the levels by name.
#if defined(__clang__) && __clang_major__ < 18
[[maybe_unused]] bool supports_x86_64_v2() {
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.2");
}
[[maybe_unused]] bool supports_x86_64_v3() {
    return supports_x86_64_v2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
}
[[maybe_unused]] bool supports_x86_64_v4() {
    return supports_x86_64_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
[[maybe_unused]] bool supports_x86_64_v2() { return __builtin_cpu_supports("x86-64-v2"); }
[[maybe_unused]] bool supports_x86_64_v3() { return __builtin_cpu_supports("x86-64-v3"); }
[[maybe_unused]] bool supports_x86_64_v4() { return __builtin_cpu_supports("x86-64-v4"); }
#endif
[[maybe_unused]] bool supports_x86_64_v4_vbmi() {
    return supports_x86_64_v4() && __builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vnni");
}

[[gnu::constructor(101)]] void pick() {
    __builtin_cpu_init();
    @entry@_choice& picked = @entry@_picked;
@choices@}

} // namespace
]==] @ONLY)
endfunction()
