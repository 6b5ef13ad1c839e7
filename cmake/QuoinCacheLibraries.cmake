# SPDX-License-Identifier: BSL-1.0
# quoin_cache_libraries: what the cache of quoin-serve is linked with, where OpenSSL, xxHash and hiredis are found.
if(NOT TARGET quoin_cache_libraries)
  find_package(OpenSSL QUIET COMPONENTS Crypto)
  find_path(XXHASH_INCLUDE_DIR xxhash.h)
  find_library(XXHASH_LIBRARY xxhash)
  find_path(HIREDIS_INCLUDE_DIR hiredis/hiredis.h)
  find_library(HIREDIS_LIBRARY hiredis)
  mark_as_advanced(XXHASH_INCLUDE_DIR XXHASH_LIBRARY HIREDIS_INCLUDE_DIR HIREDIS_LIBRARY)
  if(OPENSSL_CRYPTO_LIBRARY AND XXHASH_INCLUDE_DIR AND XXHASH_LIBRARY AND HIREDIS_INCLUDE_DIR AND HIREDIS_LIBRARY)
    add_library(quoin_cache_libraries INTERFACE)
    target_include_directories(quoin_cache_libraries SYSTEM INTERFACE ${OPENSSL_INCLUDE_DIR} ${XXHASH_INCLUDE_DIR}
      ${HIREDIS_INCLUDE_DIR})
    target_link_libraries(quoin_cache_libraries INTERFACE ${XXHASH_LIBRARY} ${HIREDIS_LIBRARY} ${OPENSSL_CRYPTO_LIBRARY})
  endif()
endif()
