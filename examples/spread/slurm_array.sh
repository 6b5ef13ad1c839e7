#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# One task of a Slurm array: slurm_array.sh OUT_DIR [options of quoin-spread work]. See slurm_run.sh.
#SBATCH --job-name=quoin-spread --requeue
set -euo pipefail

# Slurm runs a copy of this script, so slurm_run.sh names the folder.
share=$((SLURM_ARRAY_TASK_ID - ${SLURM_ARRAY_TASK_MIN:-0}))/$SLURM_ARRAY_TASK_COUNT
exec "${QUOIN_SPREAD:-quoin-spread}" work "$@" --share "$share"
