# The tree as Debian has it, which is good for other distributions too; from it a .deb and a tarball:
#
#   cpack --config build/release/CPackConfig.cmake     # both, in build/release/packages
#   cmake --install build/release --prefix /usr/local  # neither
include(GNUInstallDirs)
include(installer/linux/hardening.cmake)

set(name cybermesh-conway)
set(here ${CMAKE_CURRENT_LIST_DIR})
set(papers ${CMAKE_BINARY_DIR}/papers)
set(doc ${CMAKE_INSTALL_DATAROOTDIR}/doc/${name})

# Whoever unpacks a tarball gets `program`; what is for dpkg and lintian alone is `debian`.
install(TARGETS ${name} RUNTIME COMPONENT program)
install(FILES ${here}/${name}.desktop DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/applications COMPONENT program)
# A distribution's units lie in lib, also where libraries lie in lib/x86_64-linux-gnu.
install(FILES ${here}/${name}.service DESTINATION lib/systemd/user COMPONENT program)
install(FILES ${here}/copyright DESTINATION ${doc} COMPONENT program)

# hicolor knows no 180: that one is for telephones.
set(hicolor ${CMAKE_INSTALL_DATAROOTDIR}/icons/hicolor)
foreach(size IN ITEMS 16 24 32 48 64 128 192 256 512)
    install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/${name}-${size}.png
        DESTINATION ${hicolor}/${size}x${size}/apps RENAME ${name}.png COMPONENT program)
endforeach()
install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/${name}.svg DESTINATION ${hicolor}/scalable/apps COMPONENT program)

install(CODE "
    set(source \"${CMAKE_SOURCE_DIR}\")
    set(executable \"$<TARGET_FILE:${name}>\")
    set(version \"${PROJECT_VERSION}\")
    set(papers \"${papers}\")"
    ALL_COMPONENTS)
install(SCRIPT ${here}/papers.cmake ALL_COMPONENTS)
install(FILES ${papers}/io.github.cybermesh_conway.conway.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/metainfo COMPONENT program)
install(FILES ${papers}/${name}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${papers}/changelog.gz DESTINATION ${doc} COMPONENT program)
install(FILES ${papers}/changelog.Debian.gz DESTINATION ${doc} COMPONENT debian)
install(FILES ${here}/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides RENAME ${name} COMPONENT debian)

set(CPACK_GENERATOR DEB External)
set(CPACK_PACKAGE_NAME ${name})
set(CPACK_PACKAGE_VENDOR CyberMesh)
set(CPACK_PACKAGE_CONTACT "CyberMesh Conway developers <cybermesh-conway@users.noreply.github.com>")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGE_FILE_NAME ${name}-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PROJECT_CONFIG_FILE ${here}/date.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${here}/permissions.cmake)
set(CPACK_STRIP_FILES ON)

set(CPACK_EXTERNAL_PACKAGE_SCRIPT ${here}/tarball.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Without these a desktop that is Wayland alone has no window, and GNOME cannot tell its colours.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-gtk-platformtheme")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A universe of Conway's Life in a window, which is also the server: whoever
opens its address in a browser sees the same universe, cell for cell, and
may start, stop and reset it. No cloud, no account, nothing to install on
the phones.

Universes have up to 65536 cells on a side and any B/S rule. Without a
display the server runs alone (--headless), and scripts compute generations
of RLE, plaintext and Life 1.05/1.06 files without either (--batch).")
include(CPack)
