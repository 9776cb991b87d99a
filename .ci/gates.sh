# Sourced by test.sh: the gates themselves, each a function that fails when its gate does. They run at the repository's
# root, without input.
# shellcheck shell=bash

program=build/release/bin/cybermesh-conway
run_on_release='^(brief|golly)$'

cpp_files() {
    git ls-files -z --cached --others --exclude-standard '*.cpp' '*.h'
}

check_format() {
    local complaints
    complaints=$(cpp_files | xargs -0 -r clang-format --dry-run -Werror -style=file 2>&1) || {
        echo "Not as .clang-format has it. This mends it:"
        echo "clang-format -i" "$(sed -nE 's/^([^:]+):[0-9]+:[0-9]+: error: .*/\1/p' <<<"$complaints" | sort -u | paste -s -d ' ' -)"
        return 1
    }
}

check_shell() {
    local file
    git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
        if [[ $file == *.sh ]] || { [[ -f $file ]] && head -c 64 "$file" | grep -qaE '^#!.*\b(ba)?sh\b'; }; then
            printf '%s\0' "$file"
        fi
    done | xargs -0 -r shellcheck --external-sources
}

# cppcheck reads the sources without Qt's headers: seconds instead of minutes, and its own description of Qt is enough.
check_cppcheck() {
    local suppressions=(
        # It does not know what Qt's headers hold, and says so once for each file.
        --suppress=missingInclude --suppress=missingIncludeSystem
        # Tests are called by Qt's meta object system, which it does not follow.
        --suppress=unusedFunction
        # QtTest's macros make functions that end in the middle.
        --suppress=unknownMacro
    )
    cppcheck --enable=warning,performance,portability --std=c++20 --language=c++ --library=qt --inline-suppr \
        --error-exitcode=1 --quiet -j "$(nproc)" --template='{file}:{line}: {severity}: {message} [{id}]' \
        "${suppressions[@]}" -I . app core server ui tests/app tests/bench tests/core tests/integration tests/server tests/ui \
        tests/validate tests/wire
}

install_node_packages() {
    cd tests/browser || return
    if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
        npm ci --no-audit --no-fund
        touch node_modules/.package-lock.json
    fi
}

# GitHub's workflows, without GitHub.
check_workflows() {
    cd tests/workflows || return
    if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
        npm ci --no-audit --no-fund
        touch node_modules/.package-lock.json
    fi
    npm test
}

npm_run() {
    cd tests/browser || return
    npm run --silent "$1"
}

# run_ctest PRESET [ctest's options]. The brief's tests and Golly's are stages of their own, against the program people run.
run_ctest() {
    local preset=$1
    shift
    ctest --preset "$preset" --parallel "$(nproc)" --exclude-regex "$run_on_release" "$@"
}


# Line coverage of each folder that has no excuse: at least 90 of 100.
check_coverage() {
    local notes
    # What an earlier build left of objects that are no more would be counted, with the lines of then.
    ninja -C build/asan -t cleandead >/dev/null
    while read -r notes; do
        [[ -f ${notes%.gcno}.o ]] || rm "$notes"
    done < <(find build/asan -name '*.gcno')
    gcovr --root . --filter 'core/' --filter 'server/' --exclude '.*_windows\.cpp' --exclude '.*/[^/]*_autogen/.*' \
        --exclude-throw-branches --gcov-ignore-parse-errors -j "$(nproc)" --json-summary build/coverage.json \
        --txt build/coverage.txt build/asan
    cat build/coverage.txt
    python3 - build/coverage.json core server <<'PYTHON'
import json
import sys

least = 90.0
files = json.load(open(sys.argv[1]))["files"]
low = False
for folder in sys.argv[2:]:
    own = [file for file in files if file["filename"].startswith(folder + "/")]
    lines = sum(file["line_total"] for file in own)
    share = 100.0 * sum(file["line_covered"] for file in own) / lines if lines else 0.0
    print(f"=> {folder}/ {share:.1f} % of {lines} lines")
    low = low or share < least
sys.exit(f"at least {least:.0f} % of the lines of each folder must be covered" if low else 0)
PYTHON
}

run_browser_tests() {
    local server=$PWD/$program
    cd tests/browser || return
    CONWAY_BIN=$server npm test
}

run_brief() {
    tests/brief/run.sh "$PWD/$program"
}

run_golly() {
    python3 tests/integration/golly.py "$PWD/$program" resources/patterns
}

# Here only what is right or wrong counts: how fast it is on a busy machine of unknown make says nothing. The limits
# themselves are what conway-validate without --report-only holds a server to.
run_validate() {
    build/release/bin/conway-validate --seconds 8 --report-only --report build/test-logs/validation.txt
}

run_validate_window() {
    xvfb-run --auto-servernum build/release/bin/conway-validate --window --seconds 4 --burst 0 --report-only \
        --report build/test-logs/validation-window.txt
}

# The sanitizers' options for everything our programs start, too. What is set here is explained in tests/sanitizers. Which
# lines run is counted on the way.
run_ctest_asan() {
    find build/asan -name '*.gcda' -delete # counts of other builds
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
    export LSAN_OPTIONS=suppressions=$PWD/tests/sanitizers/lsan.supp:print_suppressions=0
    export UBSAN_OPTIONS=print_stacktrace=1
    run_ctest asan
}

run_ctest_tsan() {
    local run=(env)
    # gcc 12's ThreadSanitizer finds no room for its shadow when the kernel spreads addresses far apart.
    if setarch --addr-no-randomize true 2>/dev/null; then
        run=(setarch --addr-no-randomize env)
    fi
    export TSAN_OPTIONS=suppressions=$PWD/tests/sanitizers/tsan.supp:second_deadlock_stack=1:die_after_fork=0
    "${run[@]}" LD_PRELOAD="$PWD/build/tsan/lib/libqt-happens-before.so" \
        ctest --preset tsan --parallel "$(nproc)" --exclude-regex "$run_on_release"
}

# After a fault memory must be what it was, which a sanitizer hides; and some faults no sanitizer bears. Here none may be
# left out, but for the address that goes away: whether a user may have a network of their own is the machine's affair.
run_faults() {
    local log
    log=$(ctest --preset plain --verbose --tests-regex '^tst_(faults|addressgone)$') || { echo "$log"; return 1; }
    echo "$log"
    ! grep -E '^[0-9]+: SKIP +: TestFaults' <<<"$log"
}

# run_fuzzers SECONDS: each of them so long, one on each core at a time. What they find on the way is kept in build/corpus
# for the next run; an input that breaks something goes to build/test-logs.
run_fuzzers() {
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
    export UBSAN_OPTIONS=print_stacktrace=1
    find build/fuzz/bin -type f -name 'fuzz_*' -print0 | sort -z |
        xargs -0 -r -n 1 -P "$(nproc)" bash -euo pipefail -c 'source .ci/gates.sh; run_fuzzer "$@"' run_fuzzer "$1"
}

# run_fuzzer SECONDS PROGRAM
run_fuzzer() {
    local seconds=$1 name=${2##*/} log
    log=build/test-logs/$name.log
    mkdir -p "build/corpus/$name"
    if ! "$2" -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 -dict="tests/fuzz/$name.dict" \
        -artifact_prefix="build/test-logs/$name-" "build/corpus/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
        tail -n 60 "$log"
        return 1
    fi
    echo "=> $name $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
}

# What changes the verdict on unchanged files makes them all be looked at again.
check_tidy() {
    configure tidy
    # Qt's generated sources are not ours to mend; the check named is one that finds nothing, as there must be one.
    printf "Checks: '-*,llvm-twine-local'\n" >build/tidy/.clang-tidy
    local clean=()
    if [[ ! -f build/tidy/tidied || .clang-tidy -nt build/tidy/tidied ]]; then
        clean=(--clean-first)
    fi
    cmake --build --preset tidy "${clean[@]}"
    touch build/tidy/tidied
}
