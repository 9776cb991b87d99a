# For Windows `cmake --install` makes a folder that runs by itself, wherever it lies.
install(TARGETS cybermesh-conway RUNTIME DESTINATION .)

# Everybody's licence that has a part in it.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/../../LICENSE DESTINATION licenses RENAME CyberMesh-Conway.txt)
install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/licenses/ DESTINATION licenses)

# Where its libraries may lie: Qt's and whichever are linked, the compiler's.
set(library_folders "$<TARGET_FILE_DIR:Qt6::Core>")
if(MINGW)
    foreach(library IN ITEMS libgcc_s_seh-1.dll libstdc++-6.dll libwinpthread-1.dll)
        execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${library}
            OUTPUT_VARIABLE file OUTPUT_STRIP_TRAILING_WHITESPACE)
        cmake_path(GET file PARENT_PATH folder)
        list(APPEND library_folders "${folder}")
    endforeach()
    # A compiler of Windows keeps them beside itself.
    cmake_path(GET CMAKE_CXX_COMPILER PARENT_PATH folder)
    list(APPEND library_folders "${folder}")
else()
    set(CMAKE_INSTALL_SYSTEM_RUNTIME_DESTINATION .)
    include(InstallRequiredSystemLibraries)
endif()

# Which of them it needs is only known when it is linked.
install(CODE "
    set(program \"$<TARGET_FILE:cybermesh-conway>\")
    set(library_folders \"${library_folders}\")
    set(plugin_folder \"$<TARGET_FILE_DIR:Qt6::Core>/../${QT6_INSTALL_PLUGINS}\")
    set(qt_core \"$<TARGET_FILE_NAME:Qt6::Core>\")
    set(objdump \"${CMAKE_OBJDUMP}\")")
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/Gather.cmake)
