# SPDX-License-Identifier: BSL-1.0
# Makes of one object, IN, another, OUT, that exports nothing but the function ENTRY, under the name EXPORTED.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# The linker would keep one of all groups of a name, whatever the binding of the symbols in them: no groups.
run(${LD} -r --force-group-allocation -o ${OUT}.joined ${IN})
# GNU's objcopy looks at the new names, LLVM's at the old ones.
run(${OBJCOPY} --redefine-sym ${ENTRY}=${EXPORTED} --keep-global-symbol=${EXPORTED} --keep-global-symbol=${ENTRY}
  ${OUT}.joined ${OUT})
file(REMOVE ${OUT}.joined)

run(${OBJDUMP} --section-headers --syms ${OUT})
# A number behind the name is a priority, which the sanitizers' own initializers have.
if(output MATCHES " \\.(init_array|ctors) ")
  file(REMOVE ${OUT})
  message(FATAL_ERROR "quoin_add_dispatched: ${IN} initializes objects at start-up, which would run instructions of its "
    "level on machines that lack them; make them constexpr, local to a function, or leave out <iostream>")
endif()
# What others can see: symbols that are defined here and not local.
# Lines of symbols begin with an address of 16 digits, those of sections with a number.
string(REGEX MATCHALL "\n[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+ [^l][^\n]*" symbols "${output}")
list(FILTER symbols EXCLUDE REGEX "\\*UND\\*")
if(NOT symbols MATCHES "^\n[0-9a-f]+ g +F [^\n;]* ${EXPORTED}$")
  file(REMOVE ${OUT})
  message(FATAL_ERROR "quoin_add_dispatched: ${IN} should define the function ${ENTRY}, extern \"C\", and export nothing "
    "else; it exports '${symbols}'")
endif()
