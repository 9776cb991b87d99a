#!/usr/bin/env bash
# Runs the brief's own network tests, unmodified, against the server:
#
#   tests/brief/run.sh [PATH of cybermesh-conway]      (or CONWAY_BIN=PATH)
#
# test_network_physical.py is Task 1B-4's block of the brief (spec/phase-1b.md), byte for byte; where the brief is at hand
# ($CONWAY_SPEC, or ../shared/spec beside the repository) that is checked. It names port 8000, so that port must be free.
#
# One of its five tests skips itself, as the brief wrote it: test_server_memory_physical looks for a uvicorn process, and
# there is none. conway-validate measures the memory instead.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
server=${1:-${CONWAY_BIN:-$repository/build/release/bin/cybermesh-conway}}
tests=$here/test_network_physical.py
spec=${CONWAY_SPEC:-$repository/../shared/spec/phase-1b.md}
port=8000

fail() {
    echo "tests/brief/run.sh: $*" >&2
    exit 1
}

# The first python block after the heading of Task 1B-4.
brief_tests() {
    awk '/^### Task 1B-4:/ { task = 1 } task && /^```$/ && inside { exit } inside { print } task && /^```python$/ { inside = 1 }' "$1"
}

if [[ -f $spec ]]; then
    brief_tests "$spec" | cmp -s - "$tests" || fail "$tests is not the brief's block any more (compared with $spec)"
elif [[ -n ${CONWAY_SPEC:-} ]]; then
    fail "CONWAY_SPEC names no file: $spec"
fi
[[ -x $server ]] || fail "no server at $server: build it, or name it as the first argument"

# Debian's packages belong to /usr/bin/python3; another python3 earlier in PATH would not find them.
python=/usr/bin/python3
"$python" -c 'import pytest, pytest_asyncio, websockets, psutil' ||
    fail "install python3-pytest python3-pytest-asyncio python3-websockets python3-psutil"

if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    fail "port $port is taken, and the brief's tests know no other: end what listens there (ss -ltnp 'sport = :$port')"
fi

scratch=$(mktemp -d)
pid=
finish() {
    if [[ -n $pid ]]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap finish EXIT

XDG_CONFIG_HOME=$scratch "$server" --headless --bind 127.0.0.1 --port "$port" --log-file "$scratch/server.log" \
    >"$scratch/stdout" 2>"$scratch/stderr" &
pid=$!
for ((i = 0; i < 100; i++)); do
    grep -q '^listening on ' "$scratch/stdout" && break
    if ! kill -0 "$pid" 2>/dev/null; then
        cat "$scratch/stderr" >&2
        fail "the server ended before it listened"
    fi
    sleep 0.1
done
grep -q '^listening on ' "$scratch/stdout" || fail "the server did not listen within 10 s"

# The file marks its tests for pytest-asyncio; "strict" is the mode that heeds marks and is silent about it. No
# configuration of the repository or of a user takes part, and nothing is written beside the file.
cd "$scratch"
PYTHONDONTWRITEBYTECODE=1 "$python" -m pytest -c /dev/null --rootdir "$here" --asyncio-mode=strict \
    -p no:cacheprovider --tb=short -v "$tests"
