# SPDX-License-Identifier: BSL-1.0
# SOURCE compiles with -DFIXED. With -DCASE=N it gives exactly one error, in the first ten lines of what the compiler says,
# which matches the Nth of its lines `// expect: REGEX`.

# A semicolon would separate the elements of a list: commas, here and in the compiler's output.
file(READ ${SOURCE} text)
string(REPLACE ";" "," text "${text}")
string(REGEX MATCHALL "\n// expect: [^\n]*" expectations "${text}")
if(NOT expectations)
  message(FATAL_ERROR "${SOURCE} needs a line `// expect: REGEX`")
endif()

execute_process(COMMAND ${COMPILE} -DFIXED ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "does not compile with -DFIXED:\n${output}")
endif()

set(ENV{LC_ALL} C)
set(case 0)
foreach(expected IN LISTS expectations)
  math(EXPR case "${case} + 1")
  string(REPLACE "\n// expect: " "" expected "${expected}")
  execute_process(COMMAND ${COMPILE} -DCASE=${case} ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE output)
  if(status EQUAL 0)
    message(SEND_ERROR "case ${case} compiles, but should give the error '${expected}'")
    continue()
  endif()
  string(REPLACE ";" "," output "${output}")
  string(REGEX MATCHALL "(^|\n)[^\n]*error: [^\n]*" errors "${output}")
  list(LENGTH errors count)
  string(FIND "${output}" "error: " place)
  string(SUBSTRING "${output}" 0 ${place} before)
  string(REGEX REPLACE "\n *[0-9]* [|][^\n]*" "" before "${before}") # lines of the source, which GCC 14 quotes between
  string(REGEX MATCHALL "\n" before "${before}")
  list(LENGTH before lines)
  if(NOT count EQUAL 1)
    message(SEND_ERROR "case ${case} gives ${count} errors instead of one:\n${output}")
  elseif(NOT errors MATCHES "error: static[^\n]*${expected}")
    message(SEND_ERROR "case ${case} should give the error '${expected}', but gives:\n${output}")
  elseif(lines GREATER_EQUAL 10)
    message(SEND_ERROR "case ${case} gives its error behind the first ten lines:\n${output}")
  endif()
endforeach()
