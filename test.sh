#!/usr/bin/env bash
# Every gate the project has to pass. Installs what is missing first (Debian, Ubuntu).
#
#   ./test.sh          all of them: format, lint, types, unit, integration, coverage, browser, brief, packages, sanitizers, fuzzers
#   ./test.sh quick    format, build and unit tests: about a minute
#
# FUZZ_SECONDS=3600 ./test.sh gives every fuzzer an hour instead of a minute.
#
# Each stage is a line; what it said is in build/test-logs and is shown when it fails. `quick` stops at the first failure,
# the full run goes on and names all of them at the end.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=.ci/setup.sh
source .ci/setup.sh
# shellcheck source=.ci/gates.sh
source .ci/gates.sh
# shellcheck source=.ci/packages.sh
source .ci/packages.sh
# shellcheck source=.ci/windows.sh
source .ci/windows.sh

logs=build/test-logs
passed=0
failed=0
failures=()
stop_at_failure=false

# stage NAME NEXT COMMAND...: runs a gate; NEXT tells a person how to see it again.
# A gate that runs tests counts with as many as its log names, any other as one.
stage() {
    local name=$1 next=$2 began=$SECONDS log ok=true
    shift 2
    log=$logs/${name//[^a-z]/-}.log
    # A shell of its own: in this one, and in its subshells, "set -e" is off wherever somebody looks at the outcome.
    # shellcheck disable=SC2016  # the inner shell expands it
    bash -euo pipefail -c 'for part in .ci/*.sh; do source "$part"; done; "$@"' "$name" "$@" >"$log" 2>&1 </dev/null || ok=false
    count_tests "$log" "$ok"
    if $ok; then
        printf 'ok      %-22s (%d s)%s\n' "$name" $((SECONDS - began)) "$(remark "$log")"
        return 0
    fi
    printf 'FAILED  %-22s (%d s)\n' "$name" $((SECONDS - began))
    tail -n 150 "$log" | sed 's/^/    /'
    printf '    all of it: %s\n    next:      %s\n' "$log" "$next"
    failures+=("$name")
    if $stop_at_failure; then
        conclude
    fi
    return 1
}

# What a gate wants to be seen although it passed: lines that begin with "=> ".
remark() {
    sed -n 's/^=> /  /p' "$1" | paste -s -d ';' -
}

# Adds what a log says about tests: CTest, node --test and pytest are understood.
count_tests() {
    local log=$1 ok=$2 good=0 bad=0 line
    while read -r line; do
        if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+)$ ]]; then
            bad=$((bad + BASH_REMATCH[1]))
            good=$((good + BASH_REMATCH[2] - BASH_REMATCH[1]))
        elif [[ $line =~ ^(ℹ|#)\ pass\ ([0-9]+)$ ]]; then
            good=$((good + BASH_REMATCH[2]))
        elif [[ $line =~ ^(ℹ|#)\ (fail|cancelled)\ ([0-9]+)$ ]]; then
            bad=$((bad + BASH_REMATCH[3]))
        elif [[ $line =~ ^=+\ .*\ in\ [0-9.]+s.*=+$ ]]; then
            [[ $line =~ ([0-9]+)\ passed ]] && good=$((good + BASH_REMATCH[1]))
            [[ $line =~ ([0-9]+)\ (failed|errors?) ]] && bad=$((bad + BASH_REMATCH[1]))
        fi
    done <"$log"
    if $ok; then
        ((good + bad > 0)) || good=1
    else
        ((bad > 0)) || bad=1
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
}

not_run() {
    printf 'not run %-22s %s\n' "$1" "$2"
    failures+=("$1 ($2)")
}

# The last lines: what failed, CTest's own summary of the main run, and the count of everything.
conclude() {
    local name
    for name in "${failures[@]}"; do
        echo "failed: $name"
    done
    grep -h ' tests failed out of ' "$logs/$main_tests.log" 2>/dev/null || true
    echo "$passed passed, $failed failed"
    ((failed == 0 && ${#failures[@]} == 0)) || exit 1
    exit 0
}

quick() {
    stop_at_failure=true
    main_tests=unit-tests
    stage "format" "the command above" check_format
    stage "build" "cmake --build --preset dev" build dev
    stage "unit tests" "ctest --preset dev -L unit --rerun-failed" run_ctest dev -L unit
}

full() {
    main_tests=asan-tests
    local report="the report names file and line; tests/sanitizers tells how to run one"
    stage "format" "the command above" check_format || true
    stage "shell" "shellcheck -x FILE" check_shell || true
    stage "cppcheck" "mend it, or suppress it in .ci/gates.sh with the reason" check_cppcheck || true
    stage "workflows" "npm test in tests/workflows" check_workflows || true
    stage "windows sources" "mend it; .ci/windows.sh tells how it is compiled" check_windows_sources || true
    stage "windows installer" "python3 -m pytest tests/package/test_windows.py -k NAME" check_windows_installer || true
    if stage "node packages" "npm ci in tests/browser" install_node_packages; then
        stage "javascript lint" "npm run lint in tests/browser" npm_run lint || true
        stage "javascript types" "npm run types in tests/browser" npm_run types || true
    else
        not_run "javascript" "no node packages"
    fi
    if stage "asan build" "cmake --build --preset asan" build asan; then
        stage "asan tests" "$report" run_ctest_asan || true
        stage "coverage" "gcovr --html-details; test what is not run" check_coverage || true
    else
        not_run "asan tests" "no build"
    fi
    if stage "release build" "cmake --build --preset release" build release; then
        stage "browser tests" "CONWAY_BIN=\$PWD/$program npm test, in tests/browser" run_browser_tests || true
        stage "brief" "tests/brief/run.sh" run_brief || true
        stage "golly" "tests/integration/golly.py" run_golly || true
        stage "validate" "build/release/bin/conway-validate" run_validate || true
        stage "linux packages" "python3 -m pytest tests/package/test_linux.py -k NAME" check_linux_packages || true
        stage "validate window" "xvfb-run build/release/bin/conway-validate --window" run_validate_window || true
    else
        not_run "browser, brief, golly, validate, packages" "no release build"
    fi
    if stage "plain build" "cmake --build --preset plain" build plain; then
        stage "faults" "ctest --preset plain -R 'tst_(faults|addressgone)'" run_faults || true
    else
        not_run "faults" "no plain build"
    fi
    if stage "tsan build" "cmake --build --preset tsan" build tsan; then
        stage "tsan tests" "$report" run_ctest_tsan || true
    else
        not_run "tsan tests" "no build"
    fi
    if stage "fuzz build" "cmake --build --preset fuzz" build fuzz; then
        stage "fuzz" "build/fuzz/bin/NAME build/test-logs/NAME-FILE shows one input" run_fuzzers "${FUZZ_SECONDS:-60}" || true
    else
        not_run "fuzz" "no build"
    fi
    stage "clang-tidy" "cmake --build --preset tidy" check_tidy || true
}

case ${1:-} in
'' | quick) (($# <= 1)) || die "usage: ./test.sh [quick]" ;;
-h | --help)
    sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
*) die "usage: ./test.sh [quick]" ;;
esac

set_up_tests
mkdir -p "$logs"
if [[ ${1:-} == quick ]]; then
    quick
else
    full
fi
conclude
