#!/bin/sh
# Makes the icon's bitmaps from its drawings. Needs rsvg-convert and ImageMagick. Run after a change of an SVG, and commit
# what it made: a build needs neither tool.
set -eu
cd "$(dirname "$0")"
name=cybermesh-conway

render() { # size drawing
    rsvg-convert --width "$1" --height "$1" "$2.svg" --output "$name-$1.png"
}

for size in 16 24 32; do render $size $name-small; done
for size in 48 64 128 180 192 256 512; do render $size $name; done
# shellcheck disable=SC2046  # no file name here has a space in it
convert $(printf "$name-%s.png " 16 24 32 48 64 128 256) $name.ico
