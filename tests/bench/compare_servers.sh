#!/usr/bin/env bash
# The same job for our server, for Node's ws, and for the brief's Python server: 1,000 viewers of an 8×8 universe, ten ticks
# a second, JSON. conway-load is the viewers, and checks what each of them gets.
#
#   tests/bench/compare_servers.sh        installs Debian's FastAPI and uvicorn, and ws from npm, where they are missing
#
# VIEWERS=200 SECONDS_EACH=5 change the job. Prints the server's processor time a delivered message, which other work on
# this machine hardly changes, and the ratios of one run. Ends with 1 if a goal is missed or one of ours was wrong.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=.ci/setup.sh
source .ci/setup.sh
# shellcheck source=.ci/gates.sh
source .ci/gates.sh

viewers=${VIEWERS:-1000}
fewer=200 # for who cannot take so many
seconds=${SECONDS_EACH:-10}
load=build/release/bin/conway-load
scratch=$(mktemp -d)
server=
missed=0

end_server() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap 'end_server; rm -rf "$scratch"' EXIT

# field NAME FILE: a number of conway-load's line of JSON.
field() {
    sed -nE "s/^\{.*\"$1\":([0-9.e+-]+).*/\1/p" "$2"
}

# ours VIEWERS
ours() {
    "$load" --json --pings 0 --viewers "$1" --seconds "$seconds" -- --interval 100 >"$scratch/ours" 2>"$scratch/ours.faults"
}

# theirs NAME VIEWERS COMMAND...: starts the server and looks at it. What conway-load finds wrong with it is its own affair;
# whether all its viewers got their messages is not.
theirs() {
    local name=$1 count=$2 port='' wanted
    shift 2
    "$@" >"$scratch/$name.out" 2>"$scratch/$name.err" &
    server=$!
    for _ in {1..200}; do
        port=$(sed -n 's/^listening on //p' "$scratch/$name.out")
        [[ -z $port ]] || break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if [[ -z $port ]]; then
        cat "$scratch/$name.err" >&2
        die "compare_servers.sh: $name does not start"
    fi
    "$load" --json --pings 0 --viewers "$count" --seconds "$seconds" --connect "127.0.0.1:$port" --pid "$server" \
        >"$scratch/$name" 2>"$scratch/$name.faults" || true
    end_server
    # Nine of ten messages of all ticks that were due: fewer is a server that cannot do the job.
    wanted=$((count * seconds * 9))
    [[ $(field served "$scratch/$name") == "$count" ]] && (($(field messages "$scratch/$name") >= wanted))
}

# row NAME FILE
row() {
    local file=$2
    printf '| %s | %s | %.1f µs | %.0f | %.2f s | %.1f ms |\n' "$1" "$(field viewers "$file")" \
        "$(field cpuPerMessage "$file")" "$(field bytesPerTick "$file")" \
        "$(awk -v ms="$(field connectMs "$file")" 'BEGIN { print ms / 1000 }')" "$(field spreadP99 "$file")"
}

# judge NAME FILE OURS GOAL
judge() {
    local ratio verdict=''
    ratio=$(awk -v ours="$(field cpuPerMessage "$3")" -v theirs="$(field cpuPerMessage "$2")" \
        'BEGIN { printf "%.3f", ours / theirs }')
    if awk -v ratio="$ratio" -v goal="$4" 'BEGIN { exit ratio <= goal }'; then
        missed=1
        verdict=' MISSED'
    fi
    echo "ours / $1: $ratio (goal: at most $4)$verdict"
}

if command -v apt-get >/dev/null; then
    mapfile -t node < <(node_packages)
    install_packages python3-fastapi python3-uvicorn python3-websockets "${node[@]}"
fi
(install_node_packages >"$scratch/npm" 2>&1) || {
    cat "$scratch/npm" >&2
    die "npm ci in tests/browser failed"
}
build release

remark=
ours "$viewers" || missed=1
theirs node "$viewers" node tests/bench/compare/node-server.mjs || remark+=$'\nNode could not send every tick to all of them.'
beside_python=$scratch/ours
if ! theirs python "$viewers" /usr/bin/python3 tests/bench/compare/python_server.py; then
    remark+=$'\n'"The brief's server could not send every tick to $viewers viewers: here it has $fewer, and is compared with ours at $fewer."
    cp "$scratch/ours" "$scratch/ours-many"
    ours "$fewer" || missed=1
    mv "$scratch/ours" "$scratch/ours-few"
    mv "$scratch/ours-many" "$scratch/ours"
    theirs python "$fewer" /usr/bin/python3 tests/bench/compare/python_server.py || remark+=" Not even those."
    beside_python=$scratch/ours-few
fi

echo "| server | viewers | CPU a delivered message | bytes | all connected in | spread of a tick, p99 |"
echo "|---|---|---|---|---|---|"
row "ours, JSON" "$scratch/ours"
if [[ $beside_python != "$scratch/ours" ]]; then
    row "ours, JSON" "$beside_python"
fi
row "Node $(node --version), ws" "$scratch/node"
row "FastAPI, uvicorn" "$scratch/python"
echo "$remark"
judge "Node ws" "$scratch/node" "$scratch/ours" 0.75
judge "Python" "$scratch/python" "$beside_python" 0.3
cat "$scratch"/ours.faults >&2
exit "$missed"
