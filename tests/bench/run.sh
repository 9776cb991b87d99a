#!/usr/bin/env bash
# Measures kernels, engine and formats on this machine, and prints what they are to each other. About a minute; benchmark's own
# options may follow, such as --benchmark_filter=4096. `run.sh memory` prints what a running 16384x16384 takes instead; another
# side may follow. docs/performance.md tells which line is which goal. (That the library was built as DEBUG is Debian's way and costs
# nothing that is measured here.) Installs libbenchmark-dev (Debian) where it is missing.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=.ci/setup.sh
source .ci/setup.sh

set_up_build
if command -v apt-get >/dev/null; then
    install_packages libbenchmark-dev
fi
build bench
if [[ ${1-} == memory ]]; then
    exec build/bench/bin/conway-memory "${@:2}"
fi
exec build/bench/bin/conway-bench "$@"
