# Run by `cmake --install`: writes into `papers` what tells of the program at `executable`, with the one `version` and the one
# date: manual page, changelogs, AppStream metainfo.
include(${CMAKE_CURRENT_LIST_DIR}/date.cmake)
string(TIMESTAMP date %Y-%m-%d UTC)
string(TIMESTAMP mail_date "%a, %d %b %Y %H:%M:%S +0000" UTC)

# compress(INPUT OUTPUT): gzip, without name and time.
function(compress input output)
    file(ARCHIVE_CREATE OUTPUT ${papers}/${output} PATHS ${input} FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
endfunction()

execute_process(COMMAND ${executable} --help COMMAND awk -f ${CMAKE_CURRENT_LIST_DIR}/options.awk
    OUTPUT_VARIABLE options COMMAND_ERROR_IS_FATAL ANY)
configure_file(${CMAKE_CURRENT_LIST_DIR}/cybermesh-conway.1.in ${papers}/cybermesh-conway.1 @ONLY)
compress(${papers}/cybermesh-conway.1 cybermesh-conway.1.gz)

configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in ${papers}/changelog.Debian @ONLY)
compress(${papers}/changelog.Debian changelog.Debian.gz)
compress(${source}/CHANGELOG.md changelog.gz)

# A version is released when the changelog has a heading with its date: ## [1.2.3] - 2031-04-05
set(releases "")
file(STRINGS ${source}/CHANGELOG.md headings REGEX "^## ")
foreach(heading IN LISTS headings)
    if(heading MATCHES "^## .Unreleased.$")
        string(APPEND releases "\n    <release type=\"development\" version=\"${version}\" date=\"${date}\"/>")
    elseif(heading MATCHES "^## .([0-9.]+). - ([0-9-]+)$")
        string(APPEND releases "\n    <release version=\"${CMAKE_MATCH_1}\" date=\"${CMAKE_MATCH_2}\"/>")
    else()
        message(FATAL_ERROR "CHANGELOG.md: neither [Unreleased] nor [VERSION] - DATE: ${heading}")
    endif()
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/io.github.cybermesh_conway.conway.metainfo.xml.in ${papers}/io.github.cybermesh_conway.conway.metainfo.xml @ONLY)
