# What `cmake --install` puts where, and what cpack makes of it.
if(WIN32)
    include(installer/windows/install.cmake)
endif()
