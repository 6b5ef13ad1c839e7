# SPDX-License-Identifier: BSL-1.0
"""A folder of images dealt out to many machines: see docs/spread.md. Standard library only."""
