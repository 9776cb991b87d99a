#!/usr/bin/env bash
# The same soups through Golly's bgolly and through our --batch, whole processes from the same RLE file:
#
#   tests/bench/compare_golly.sh        installs golly (Debian) where it is missing; takes a minute or two, nearly all bgolly's
#
# Both must end in the same cells. Prints a table of one run; the goals are those of the issue. bgolly runs once, ours is
# the median of three, since it is over before a busy machine has evened out. Ends with 1 if cells differ or a goal is
# missed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=.ci/setup.sh
source .ci/setup.sh

conway=$PWD/build/release/bin/cybermesh-conway
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
missed=0

# seconds COMMAND...: how long it took; what it prints goes to $scratch/stdout and stderr.
seconds() {
    local began=$EPOCHREALTIME
    if ! "$@" >"$scratch/stdout" 2>"$scratch/stderr"; then
        cat "$scratch/stdout" "$scratch/stderr" >&2
        die "failed: $*"
    fi
    awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.6f\n", to - from }'
}

# field NAME FILE: of the line of JSON that --batch prints.
field() {
    sed -nE "s/.*\"$1\":\"?([^,\"}]*).*/\1/p" "$2"
}

# The cells of an RLE file, as one number. bgolly writes the box of the living cells and not where it stood; these soups
# fill their universes, so the box is all of it. Were it less, this would call the cells different: never falsely equal.
state_of() {
    "$conway" --batch 0 "$1" >"$scratch/state"
    field stateHash "$scratch/state"
}

# compare SIDE PERCENT GENERATIONS GOAL
compare() {
    local side=$1 percent=$2 generations=$3 goal=$4 soup theirs ours inside verdict=''
    soup=$scratch/soup.rle
    "$conway" --batch 0 --soup "$percent,1" --size "${side}x$side" --output "$soup" >/dev/null

    theirs=$(seconds bgolly -q -q -a QuickLife -m "$generations" -o "$scratch/theirs.rle" "$soup")
    ours=$(for _ in 1 2 3; do
        seconds "$conway" --batch "$generations" --output "$scratch/ours.rle" "$soup"
    done | sort -n | sed -n 2p)
    inside=$(field seconds "$scratch/stdout")

    local expected
    expected=$(field stateHash "$scratch/stdout")
    if [[ $(state_of "$scratch/theirs.rle") != "$expected" || $(state_of "$scratch/ours.rle") != "$expected" ]]; then
        echo "compare_golly.sh: after $generations generations of ${side}x$side the cells differ" >&2
        missed=1
        verdict='DIFFERENT CELLS'
    fi
    local ratio
    ratio=$(awk -v a="$theirs" -v b="$ours" 'BEGIN { printf "%.0f", a / b }')
    if ((ratio < goal)); then
        missed=1
        verdict+=' MISSED'
    fi
    printf '| %s² torus, %s %% soup, %s generations | %.2f s | %.3f s | %.3f s | %s× | ≥%s×%s |\n' \
        "$side" "$percent" "$generations" "$theirs" "$ours" "$inside" "$ratio" "$goal" "${verdict:+ $verdict}"
}

if command -v apt-get >/dev/null; then
    install_packages golly
fi
command -v bgolly >/dev/null || die "bgolly is not there: it comes with Golly 3 (Debian's package golly)"
build release

echo "| work | bgolly, QuickLife | ours, whole process | its generations alone | ratio | goal |"
echo "|---|---|---|---|---|---|"
compare 1024 35 20000 100
compare 2048 5 1000 100
exit "$missed"
