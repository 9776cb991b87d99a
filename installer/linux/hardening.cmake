# What a release for Linux is compiled and linked with beside its optimisation, as Debian's dpkg-buildflags has it: the
# program takes bytes from strangers. docs/performance.md says what it costs: nothing to
# speak of.
if(NOT CONWAY_SANITIZE)
    target_compile_options(conway-options INTERFACE $<$<CONFIG:Release>:
        -fstack-protector-strong -fstack-clash-protection -Wformat -Werror=format-security
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
        target_compile_options(conway-options INTERFACE $<$<CONFIG:Release>:-fcf-protection>)
    elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
        target_compile_options(conway-options INTERFACE $<$<CONFIG:Release>:-mbranch-protection=standard>)
    endif()
    target_link_options(conway-options INTERFACE $<$<CONFIG:Release>:LINKER:-z,relro,-z,now>)
endif()

include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
set_property(TARGET cybermesh-conway PROPERTY POSITION_INDEPENDENT_CODE ON)

# Two people who build the same tree in different folders get the same program.
target_compile_options(conway-options INTERFACE $<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=>)
