# SPDX-License-Identifier: BSL-1.0
# Fails when HEADER, preprocessed with OPTION, includes xsimd, <execution>, oneTBB, Kokkos or stb, or the threads
# and clocks of observe/trace.hpp and observe/watched.hpp.

list(TRANSFORM INCLUDES PREPEND -I)
execute_process(COMMAND ${CXX} -std=c++20 ${OPTION} ${INCLUDES} -M -include ${HEADER} -x c++ /dev/null
  OUTPUT_VARIABLE dependencies COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^ \n\\]+" dependencies "${dependencies}")
if(NOT dependencies MATCHES "/${HEADER}(;|$)")
  message(FATAL_ERROR "the compiler lists no ${HEADER} among ${dependencies}")
endif()
list(FILTER dependencies INCLUDE REGEX "/xsimd/|/execution$|/tbb/|/Kokkos_|/stb_|/omp\\.h$|/stop_token$")
if(dependencies)
  message(FATAL_ERROR "${HEADER} includes what only a component may: ${dependencies}")
endif()
