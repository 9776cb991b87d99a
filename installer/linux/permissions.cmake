# Run by cpack between installing and packing: everybody may read what is packed, whatever the umask of who packs. The
# tarball sees to it by itself.
if(CPACK_GENERATOR STREQUAL "DEB")
    execute_process(COMMAND chmod -R u=rwX,go=rX ${CPACK_TEMPORARY_DIRECTORY} COMMAND_ERROR_IS_FATAL ANY)
endif()
