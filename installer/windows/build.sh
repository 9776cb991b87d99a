#!/usr/bin/env bash
# Makes what people download from what `cmake --install` made for Windows:
#
#   installer/windows/build.sh TREE OUTPUT
#
# puts into the folder OUTPUT the installer, the same as a portable zip, and SHA256SUMS. Needs makensis as Debian has it
# (NSIS' own packages for Windows have no 64-bit installers) and cmake. With SIGN set to a command, that signs the program,
# the installer and the uninstaller: it is run with the file's name as its last argument.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=cybermesh-conway
most_bytes=$((25 * 1000 * 1000))

die() {
    echo "$*" >&2
    exit 1
}

(($# == 2)) || die "usage: installer/windows/build.sh TREE OUTPUT"
[[ -f $1/$name.exe ]] || die "There is no $name.exe in $1: cmake --install makes such a folder."
tree=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
version=$(sed -nE 's/^ *VERSION ([0-9]+\.[0-9]+\.[0-9]+)$/\1/p' "$here/../../CMakeLists.txt")
[[ -n $version ]] || die "No version found in CMakeLists.txt."
setup=$name-$version-windows-x64-setup.exe
portable=$name-$version-windows-x64-portable

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# As NSIS commands: deletes each file, then each folder, the deepest first.
removal_of() {
    (cd "$1" && find . -mindepth 1 ! -type d | LC_ALL=C sort) | nsis_commands Delete
    (cd "$1" && find . -mindepth 1 -depth -type d) | nsis_commands RMDir
}

nsis_commands() {
    sed -e 's|^\./||' -e 's|/|\\|g' -e "s|.*|    $1 \"\$INSTDIR\\\\&\"|"
}

if [[ -n ${SIGN:-} ]]; then
    $SIGN "$tree/$name.exe"
fi
removal_of "$tree" >"$scratch/removal.nsh"
define=(-DVERSION="$version" -DTREE="$tree" -DREMOVAL="$scratch/removal.nsh"
    -DOUTPUT="$output/$setup")
[[ -z ${SIGN:-} ]] || define+=(-DSIGN="$SIGN")
makensis -V2 -WX "${define[@]}" "$here/$name.nsi"
(($(wc -c <"$output/$setup") <= most_bytes)) || die "$setup has more than $most_bytes bytes."

# A file of this name makes the program keep its settings beside itself.
mkdir "$scratch/$portable"
cp -R "$tree/." "$scratch/$portable"
echo "While this file lies here, settings and logs are kept beside it." >"$scratch/$portable/portable"
(cd "$scratch" && cmake -E tar cf "$output/$portable.zip" --format=zip "$portable")

cd "$output"
sha256sum "$setup" "$portable.zip" >SHA256SUMS
