# The two libraries beside Qt: hwy::hwy and qrcodegen. Distributions and vcpkg have both. Where they are missing,
# CONWAY_FETCH=ON downloads their sources, checked by their hashes; without it a build never touches the network.
option(CONWAY_FETCH "Download Highway and the QR code generator where the system has none" OFF)
include(FetchContent)
if(POLICY CMP0135)
    cmake_policy(SET CMP0135 NEW) # what is unpacked is as old as its unpacking
endif()

find_package(hwy 1.0.3 QUIET)
if(NOT TARGET hwy::hwy)
    if(NOT CONWAY_FETCH)
        message(FATAL_ERROR "Highway 1.0.3 or newer is missing: libhwy-dev (Debian, Ubuntu), highway (Homebrew, vcpkg). "
            "Where it is elsewhere, name it in CMAKE_PREFIX_PATH; or configure with CONWAY_FETCH=ON.")
    endif()
    FetchContent_Declare(highway
        URL https://github.com/google/highway/archive/refs/tags/1.2.0.tar.gz
        URL_HASH SHA256=7e0be78b8318e8bdbf6fa545d2ecb4c90f947df03f7aadc42c1967f019e63343)
    foreach(part IN ITEMS CONTRIB EXAMPLES INSTALL TESTS)
        set(HWY_ENABLE_${part} OFF CACHE BOOL "" FORCE)
    endforeach()
    FetchContent_MakeAvailable(highway)
    # Its headers are not ours to mend: warnings in them are none.
    get_target_property(folders hwy INTERFACE_INCLUDE_DIRECTORIES)
    set_target_properties(hwy PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${folders}")
    if(NOT TARGET hwy::hwy)
        add_library(hwy::hwy ALIAS hwy)
    endif()
endif()

# Nayuki's QR code generator has no CMake package of its own: vcpkg adds one, distributions ship header and library.
find_package(unofficial-nayuki-qr-code-generator CONFIG QUIET)
find_path(QRCODEGEN_INCLUDE_DIR qrcodegen.hpp PATH_SUFFIXES qrcodegen nayuki-qr-code-generator)
find_library(QRCODEGEN_LIBRARY NAMES qrcodegencpp nayuki-qr-code-generator)
if(TARGET unofficial::nayuki-qr-code-generator::nayuki-qr-code-generator)
    add_library(qrcodegen INTERFACE)
    target_link_libraries(qrcodegen INTERFACE unofficial::nayuki-qr-code-generator::nayuki-qr-code-generator)
elseif(QRCODEGEN_INCLUDE_DIR AND QRCODEGEN_LIBRARY)
    add_library(qrcodegen UNKNOWN IMPORTED)
    set_target_properties(qrcodegen PROPERTIES
        IMPORTED_LOCATION ${QRCODEGEN_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${QRCODEGEN_INCLUDE_DIR})
elseif(CONWAY_FETCH)
    FetchContent_Declare(qrcodegen
        URL https://github.com/nayuki/QR-Code-generator/archive/v1.8.0.tar.gz
        URL_HASH SHA512=0cdf0873e71aed124fc7357da86fb26f23fd26432f94c9752fa5a044085b26e5aece2115134d0e50213ff24be7c55818e7dec31205a68751065bc82ab0c2c6ac
        SOURCE_SUBDIR cpp) # where nothing is for CMake: it is only unpacked
    FetchContent_MakeAvailable(qrcodegen)
    add_library(qrcodegen STATIC ${qrcodegen_SOURCE_DIR}/cpp/qrcodegen.cpp)
    target_include_directories(qrcodegen SYSTEM PUBLIC ${qrcodegen_SOURCE_DIR}/cpp)
else()
    message(FATAL_ERROR "Nayuki's QR code generator for C++ is missing: libqrcodegencpp-dev (Debian, Ubuntu), "
        "qrcodegen (Homebrew), nayuki-qr-code-generator (vcpkg). Where it is elsewhere, set QRCODEGEN_INCLUDE_DIR and "
        "QRCODEGEN_LIBRARY; or configure with CONWAY_FETCH=ON.")
endif()
