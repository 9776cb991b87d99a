#!/bin/sh
# Makes the icon's bitmaps from its drawings. Needs rsvg-convert and ImageMagick. Run after a change of an SVG, and commit
# what it made: a build needs neither tool.
set -eu
cd "$(dirname "$0")"
name=cybermesh-conway

render() { # size drawing file
    rsvg-convert --width "$1" --height "$1" "$2.svg" --output "$3"
}

for size in 16 24 32; do render $size $name-small $name-$size.png; done
for size in 48 64 128 180 192 256 512; do render $size $name $name-$size.png; done

# Windows' own form. Beside the usual sizes, those that it shows at 125 and 250 %.
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
for size in 20 40; do render $size $name-small "$scratch/$size.png"; done
render 80 $name "$scratch/80.png"
for size in 16 24 32 48 64 128 256; do cp $name-$size.png "$scratch/$size.png"; done
# shellcheck disable=SC2046  # no file name here has a space in it
convert $(printf "$scratch/%s.png " 16 20 24 32 40 48 64 80 128 256) $name.ico
