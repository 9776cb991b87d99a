# The tarball, as cpack's generator External makes it: the component `program`, stripped, in a folder of its own. GNU tar can
# leave out who made it, when and in what order; cpack's own TGZ cannot.
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
set(staged ${CPACK_TOPLEVEL_DIRECTORY}/${CPACK_PACKAGE_FILE_NAME})
set(CPACK_EXTERNAL_BUILT_PACKAGES ${staged}.tar.gz)
file(REMOVE_RECURSE ${staged})
execute_process(
    COMMAND ${CMAKE_COMMAND} --install ${build} --component program --strip --prefix ${staged}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(
    COMMAND tar --create --sort=name --mtime=@$ENV{SOURCE_DATE_EPOCH} --owner=root:0 --group=root:0 --mode=u=rwX,go=rX
        --use-compress-program "gzip -9n" --file ${CPACK_EXTERNAL_BUILT_PACKAGES}
        --directory ${CPACK_TOPLEVEL_DIRECTORY} ${CPACK_PACKAGE_FILE_NAME}
    COMMAND_ERROR_IS_FATAL ANY)
