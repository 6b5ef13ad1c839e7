# SPDX-License-Identifier: BSL-1.0
# OBJECT defines one symbol that others can see, ENTRY, whereas COMPILED, of which it was made, has more.

function(exports object variable)
  execute_process(COMMAND ${NM} --extern-only --defined-only --format=just-symbols ${object}
    OUTPUT_VARIABLE symbols OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" symbols "${symbols}")
  set(${variable} "${symbols}" PARENT_SCOPE)
endfunction()

exports(${OBJECT} symbols)
if(NOT symbols STREQUAL ENTRY)
  message(FATAL_ERROR "${OBJECT} exports '${symbols}', not just '${ENTRY}'")
endif()

exports(${COMPILED} symbols)
list(LENGTH symbols count)
if(count LESS 2)
  message(FATAL_ERROR "${COMPILED} exports '${symbols}': nothing there that could have leaked, so this test is none")
endif()
