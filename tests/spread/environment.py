# SPDX-License-Identifier: BSL-1.0
"""The Python that has what cmake/setup.sh --spread installs."""
import os
import pathlib
import platform


def python():
    if named := os.environ.get("QUOIN_SPREAD_PYTHON"):
        return named
    cache = os.environ.get("QUOIN_CACHE") or os.path.join(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "quoin")
    release = platform.freedesktop_os_release()
    return str(pathlib.Path(cache).expanduser() / f"{release['ID']}-{release['VERSION_ID']}" / "spread/bin/python")
