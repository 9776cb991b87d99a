#!/usr/bin/env bash
# The stream as an outsider's dissector sees it on the wire: tshark captures what the server and somebody else's client
# (Debian's python3-websockets) say, and must find well-formed WebSocket frames in it, as many as the client was given.
#
#   tests/integration/capture.sh PATH-OF-cybermesh-conway
#
# Ends with 77, "skipped", where there is no tshark, or this user may not capture.
set -euo pipefail

server=$1
ticks=20

skip() {
    echo "skipped: $*"
    exit 77
}
fail() {
    echo "capture.sh: $*" >&2
    exit 1
}
# wait_for FILE TEXT PID: until the process has written it.
wait_for() {
    local i
    for ((i = 0; i < 200; i++)); do
        grep -q "$2" "$1" && return
        kill -0 "$3" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}

command -v tshark >/dev/null || skip "there is no tshark"
/usr/bin/python3 -c 'import websockets' || skip "there is no python3-websockets"

scratch=$(mktemp -d)
pids=()
finish() {
    if ((${#pids[@]} > 0)); then
        kill "${pids[@]}" 2>/dev/null || true
        wait "${pids[@]}" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap finish EXIT

"$server" --headless --bind 127.0.0.1 --port 0 --interval 20 --log-file "$scratch/log" >"$scratch/out" 2>"$scratch/err" &
pids+=($!)
wait_for "$scratch/out" '^listening on ' $! || fail "the server did not listen: $(cat "$scratch/err")"
port=$(sed -nE 's#^listening on http://127\.0\.0\.1:([0-9]+)/$#\1#p' "$scratch/out")

tshark -q -i lo -f "tcp port $port" -w "$scratch/packets" 2>"$scratch/tshark" &
capture=$!
pids+=("$capture")
wait_for "$scratch/tshark" '^Capturing on' "$capture" || skip "tshark may not capture here: $(tail -n 1 "$scratch/tshark")"

# tshark says that it captures a moment before it does, so connections are made until one is seen whole.
for ((attempt = 0; attempt < 10; attempt++)); do
    /usr/bin/python3 - "$port" "$ticks" <<'PYTHON'
import asyncio
import sys

import websockets


async def watch(port, ticks):
    async with websockets.connect(f"ws://127.0.0.1:{port}/ws") as stream:
        for _ in range(1 + ticks):
            await stream.recv()


asyncio.run(watch(sys.argv[1], int(sys.argv[2])))
PYTHON
    seen() {
        tshark -r "$scratch/packets" -d "tcp.port==$port,http" "$@" 2>/dev/null || true # the file's end may be half a packet
    }
    frames=$(seen -Y "tcp.srcport == $port" -T fields -e websocket.opcode | tr ',' '\n' | grep -cx 1 || true)
    ((frames > ticks)) && break
done
((frames > ticks)) || fail "tshark found $frames text frames of at least $((1 + ticks))"

malformed=$(seen -Y '_ws.malformed || (websocket.rsv && websocket.rsv != 0)')
[[ -z $malformed ]] || fail "tshark cannot read: $malformed"
masked=$(seen -Y "tcp.srcport == $port && websocket.mask == 1")
[[ -z $masked ]] || fail "a server masks nothing (RFC 6455 5.1): $masked"
largest=$(seen -Y "tcp.srcport == $port" -T fields -e websocket.payload_length | tr ',' '\n' | sort -n | tail -n 1)
((largest < 1024)) || fail "a message of $largest bytes, for the brief's universe"
echo "$frames text frames on the wire, the largest of $largest bytes"
