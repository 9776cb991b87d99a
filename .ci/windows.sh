# Sourced by test.sh: the gates for Windows that need no Windows. They run at the repository's root, without input.
# shellcheck shell=bash

# All of the program and of conway-validate but what is named for another system.
windows_sources() {
    git ls-files --cached --others --exclude-standard {core,server,ui,app,tests/validate,tests/wire}'/*.cpp' |
        grep -vE '_(unix|linux)\.cpp$|/(EpollLoop|LoopTimers|TitleBars_other)\.cpp$|/tst_[a-z]+\.cpp$'
}

# Qt's headers for this system serve for Windows, too, as they ask the compiler which system it is. Highway's and the QR
# library's are linked to a folder of their own: Debian keeps them among its C library's, which must not be seen.
windows_syntax() {
    local qt
    qt=$(qmake6 -query QT_INSTALL_HEADERS)
    x86_64-w64-mingw32-g++-posix -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wconversion -Wold-style-cast \
        -Woverloaded-virtual -Wnon-virtual-dtor -Werror -DCONWAY_VERSION='""' \
        -DQT_NO_CAST_FROM_ASCII -DQT_NO_CAST_TO_ASCII -DQT_NO_KEYWORDS -DQT_USE_QSTRINGBUILDER -DQT_NO_FOREACH \
        -I . -isystem build/windows-headers -isystem build/windows-headers/qrcodegen -isystem "$qt" \
        -isystem "$qt/QtCore" -isystem "$qt/QtGui" -isystem "$qt/QtNetwork" -isystem "$qt/QtWebSockets" \
        -isystem "$qt/QtWidgets" -x c++ "$@"
}

# windows_syntax_of SOURCE...: together, since nearly all of the time is Qt's headers; where they do not get on with each
# other, each by itself.
windows_syntax_of() {
    local source
    printf '#include "%s"\n' "$@" | windows_syntax -Wno-subobject-linkage - 2>/dev/null && return
    for source in "$@"; do
        windows_syntax "$source"
    done
}

# No code is made, as there is no Qt for Windows to link with. But a POSIX call that slipped in, a macro of windows.h in the
# way, or a long that should have had 64 bits is an error.
check_windows_sources() {
    local sources alone header moc
    mkdir -p build/windows-headers
    ln -sfn /usr/include/hwy build/windows-headers/hwy
    ln -sfn /usr/include/qrcodegen build/windows-headers/qrcodegen
    moc=$(qmake6 -query QT_INSTALL_LIBEXECS)/moc
    while read -r header; do
        "$moc" -D_WIN32 -o "build/windows-headers/moc_$(basename "$header" .h).cpp" "$header"
    done < <(git grep --untracked -l Q_OBJECT -- {core,server,ui,app,tests/validate,tests/wire}'/*.h')
    mapfile -t sources < <(windows_sources)
    # LifeSweep includes itself once for each instruction set. The others have names of their own that neighbours have,
    # too; they could stay, at the price of a second try.
    local loners='/(LifeSweep|UniverseView|ViewerRequest|main)\.cpp$'
    mapfile -t alone < <(printf '%s\n' "${sources[@]}" | grep -E "$loners")
    mapfile -t sources < <(printf '%s\n' "${sources[@]}" | grep -vE "$loners")
    # shellcheck disable=SC2016  # the inner shell expands it
    {
        printf '%s\n' "${alone[@]}"
        printf '%s\n' "${sources[@]}" | paste -d ' ' - - - - - - - - - - - -
    } | xargs -L 1 -P "$(nproc)" bash -euo pipefail -c 'source .ci/windows.sh; windows_syntax_of "$@"' windows_syntax_of
    echo "=> $((${#alone[@]} + ${#sources[@]})) files"
}

# Whether the installer does what it promises, under Wine. A test that this machine cannot run says so, and why.
check_windows_installer() {
    local log status=0 python=/usr/bin/python3 # Debian's pytest belongs to Debian's python
    log=$(PYTHONDONTWRITEBYTECODE=1 \
        "$python" -m pytest -rs --color=no -p no:cacheprovider tests/package/test_windows.py) || status=$?
    echo "$log"
    sed -nE 's/^SKIPPED \[([0-9]+)\] [^ ]+ (.*)$/=> \1 not run: \2/p' <<<"$log"
    return $status
}
