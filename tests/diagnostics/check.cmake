# SPDX-License-Identifier: BSL-1.0
# SOURCE compiles with -DFIXED; without, it gives exactly one error, which matches its line `// expect: REGEX`.

# A semicolon would separate the elements of a list: commas, here and in the compiler's output.
file(READ ${SOURCE} text)
string(REPLACE ";" "," text "${text}")
string(REGEX MATCHALL "\n// expect: [^\n]*" expected "${text}")
list(LENGTH expected count)
if(NOT count EQUAL 1)
  message(FATAL_ERROR "${SOURCE} needs one line `// expect: REGEX`, it has ${count}")
endif()
string(REPLACE "\n// expect: " "" expected "${expected}")

execute_process(COMMAND ${COMPILE} -DFIXED ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "does not compile with -DFIXED:\n${output}")
endif()

set(ENV{LC_ALL} C)
execute_process(COMMAND ${COMPILE} ${SOURCE} RESULT_VARIABLE status ERROR_VARIABLE output)
if(status EQUAL 0)
  message(FATAL_ERROR "compiles, but should give the error '${expected}'")
endif()
string(REPLACE ";" "," output "${output}")
string(REGEX MATCHALL "(^|\n)[^\n]*error: [^\n]*" errors "${output}")
list(LENGTH errors count)
if(NOT count EQUAL 1)
  message(FATAL_ERROR "gives ${count} errors instead of one:\n${output}")
endif()
if(NOT errors MATCHES "error: static[^\n]*${expected}")
  message(FATAL_ERROR "should give the error '${expected}', but gives:\n${output}")
endif()
