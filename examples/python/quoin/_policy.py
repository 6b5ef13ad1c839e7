# SPDX-License-Identifier: BSL-1.0
"""The policy of a call."""
from . import _quoin

fastest = _quoin.policies()[-1]


def chosen(policy, threads):
    """The arguments of the module's functions for these of the package's."""
    return {"policy": policy or fastest, "threads": threads or 0}
