#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Does the units of a plan by a Slurm array of N tasks, and merges when all have ended.
#
#   slurm_run.sh OUT_DIR N [options of sbatch]
#
# QUOIN_SPREAD_OPTIONS has options of quoin-spread work, as in "--workers 8 --memory 16G". Tasks that end early help the
# others. Those of a lost node are done by others after 60 seconds of silence.
set -euo pipefail

if (($# < 2)); then
    sed -n '3,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$1 tasks=$2
shift 2
export QUOIN_SPREAD=${QUOIN_SPREAD:-$here/quoin-spread}
read -ra options <<<"${QUOIN_SPREAD_OPTIONS:-}"
job=$(sbatch --parsable --export=ALL --array="0-$((tasks - 1))" "$@" "$here/slurm_array.sh" "$output" "${options[@]}")
merge=$(sbatch --parsable --export=ALL --dependency="afterany:$job" --job-name=quoin-merge --wrap "$(printf '%q ' "$QUOIN_SPREAD" merge "$output")")
echo "array $job, merge $merge; how far it is: $QUOIN_SPREAD status $output"
