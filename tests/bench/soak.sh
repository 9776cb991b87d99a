#!/usr/bin/env bash
# Minutes of viewers who come, go and command at random; then everybody's cells must be the engine's, memory must have
# settled, and the log must hold nothing unexplained. Twice: small universes seen by both streams, and large ones by
# conway.v2 alone.
#
#   tests/bench/soak.sh                       10 minutes, of which two thirds are the small universes
#   SOAK_SECONDS=60 SOAK_SEED=7 tests/bench/soak.sh
#
# Ends with 1 if anything was wrong.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=.ci/setup.sh
source .ci/setup.sh

seconds=${SOAK_SECONDS:-600}
seed=${SOAK_SEED:-1}
wrong=0

set_up_build
build release
echo "Universes up to 64², 500 viewers, half of each stream, $((seconds * 2 / 3)) s:"
build/release/bin/conway-soak --seconds $((seconds * 2 / 3)) --seed "$seed" || wrong=1
echo
echo "Universes up to 1024², 100 viewers of conway.v2, $((seconds / 3)) s:"
build/release/bin/conway-soak --seconds $((seconds / 3)) --seed "$seed" --side 1024 --viewers 100 --commands 4 --churn 5 ||
    wrong=1
exit "$wrong"
