# Run by `cmake --install`: puts beside the program the plugins of Qt that it wants and every library that these and the
# program need, and those need in turn, but Windows' own. It asks the files themselves, so it does not matter who built Qt,
# with what, and whether this is Windows.
#
#   program          as it was built
#   library_folders  where to look
#   plugin_folder    Qt's plugins
#   qt_core          Qt6Core.dll, or Qt6Cored.dll: debug plugins go with that
#   objdump          for asking, where it is not Windows that does this
set(folder $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX})
string(REGEX MATCH "d?\\.dll$" suffix ${qt_core})

# The window's platform; the styles that Qt has had; icons of Windows' own form. Of these only the first must be there.
set(plugins)
foreach(plugin IN ITEMS platforms/qwindows styles/qwindowsvistastyle styles/qmodernwindowsstyle imageformats/qico)
    if(EXISTS ${plugin_folder}/${plugin}${suffix})
        cmake_path(GET plugin PARENT_PATH kind)
        file(INSTALL ${plugin_folder}/${plugin}${suffix} DESTINATION ${folder}/${kind})
        list(APPEND plugins ${plugin_folder}/${plugin}${suffix})
    elseif(plugin STREQUAL "platforms/qwindows")
        message(FATAL_ERROR "No ${plugin_folder}/${plugin}${suffix}: the program could not open its window.")
    endif()
endforeach()

# Windows takes QT6CORE.DLL for Qt6Core.dll, and CMake asks for names in small letters. Elsewhere they need such names.
if(NOT CMAKE_HOST_WIN32)
    set(CMAKE_GET_RUNTIME_DEPENDENCIES_PLATFORM windows+pe)
    set(CMAKE_GET_RUNTIME_DEPENDENCIES_TOOL objdump)
    set(CMAKE_GET_RUNTIME_DEPENDENCIES_COMMAND ${objdump})
    cmake_path(GET program PARENT_PATH links) # in the build: as a script this has no folder but the one it is started in
    string(APPEND links /libraries)
    file(REMOVE_RECURSE ${links})
    file(MAKE_DIRECTORY ${links})
    foreach(library_folder IN LISTS library_folders)
        file(GLOB libraries ${library_folder}/*.[dD][lL][lL])
        foreach(library IN LISTS libraries)
            cmake_path(GET library FILENAME name)
            string(TOLOWER ${name} name)
            if(NOT EXISTS ${links}/${name})
                file(CREATE_LINK ${library} ${links}/${name} SYMBOLIC)
            endif()
        endforeach()
    endforeach()
    set(library_folders ${links})
endif()

file(GET_RUNTIME_DEPENDENCIES
    EXECUTABLES ${program}
    MODULES ${plugins}
    DIRECTORIES ${library_folders}
    PRE_EXCLUDE_REGEXES "^(api|ext)-ms-" "^(msvcp|vcruntime|concrt)"
    POST_EXCLUDE_REGEXES "[/\\][Ss][Yy][Ss][Tt][Ee][Mm]32[/\\]"
    RESOLVED_DEPENDENCIES_VAR needed
    CONFLICTING_DEPENDENCIES_PREFIX twice
    UNRESOLVED_DEPENDENCIES_VAR of_windows)

# vcpkg copies libraries beside what it builds: they are the same in both places.
foreach(name IN LISTS twice_FILENAMES)
    list(GET twice_${name} 0 library)
    list(APPEND needed ${library})
endforeach()
foreach(library IN LISTS needed)
    file(REAL_PATH ${library} library)
    file(INSTALL ${library} DESTINATION ${folder})
endforeach()

# Not on Windows itself: there its own libraries were found, and left.
foreach(library IN LISTS of_windows)
    if(library MATCHES "^(qt6|lib)" OR CMAKE_HOST_WIN32)
        message(FATAL_ERROR "${library} is needed, and is in none of: ${library_folders}")
    endif()
endforeach()
