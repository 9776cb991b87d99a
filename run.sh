#!/usr/bin/env bash
# Starts CyberMesh Conway: installs what is missing (Debian, Ubuntu), builds it, runs it. Arguments go to the program:
#
#   ./run.sh                     the window
#   ./run.sh --headless          the server alone
#   ./run.sh --help              what else it understands
set -euo pipefail

started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=.ci/setup.sh
source .ci/setup.sh

set_up_build
[[ -f build/release/build.ninja ]] || echo "Building for the first time: a few minutes." >&2
build release
program=$PWD/build/release/bin/cybermesh-conway
cd "$started_in"

given=" $* "
# QT_QPA_PLATFORM says where the window goes without either display, as on an embedded screen.
if [[ $(uname -s) == Linux && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} && $given != *" --headless "* ]]; then
    [[ $given == *" --help "* || $given == *" --version "* ]] ||
        echo "There is no display here, so it runs without a window (--headless): watch it in a browser." >&2
    set -- --headless "$@"
fi
exec "$program" "$@"
