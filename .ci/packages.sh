# Sourced by test.sh: what people install, made of the release build and tried.
# shellcheck shell=bash

# A test that this machine cannot run says so, and why.
check_linux_packages() {
    local log status=0 python=/usr/bin/python3 # Debian's pytest belongs to Debian's python
    log=$(CONWAY_BUILD=$PWD/build/release PYTHONDONTWRITEBYTECODE=1 \
        "$python" -m pytest -rs --color=no -p no:cacheprovider tests/package/test_linux.py) || status=$?
    echo "$log"
    sed -nE 's/^SKIPPED \[[0-9]+\] [^ ]+ //p' <<<"$log" | sort | uniq -c | sed -E 's/^ *([0-9]+) /=> \1 not run: /'
    return $status
}
