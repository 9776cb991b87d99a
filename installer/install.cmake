# What `cmake --install` puts where, and what cpack makes of it.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    include(installer/linux/install.cmake)
elseif(WIN32)
    include(installer/windows/install.cmake)
endif()
