# The date of what is packed, for every file and paper: SOURCE_DATE_EPOCH, else that of the last commit, else that of the
# changelog's file, which in an archive that git made is the same. So the same tree gives the same packages.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
    get_filename_component(tree ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
    execute_process(COMMAND git -C ${tree} log -1 --format=%ct
        OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT epoch)
        file(TIMESTAMP ${tree}/CHANGELOG.md epoch %s UTC)
    endif()
    set(ENV{SOURCE_DATE_EPOCH} ${epoch})
endif()
