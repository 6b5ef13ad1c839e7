# SPDX-License-Identifier: BSL-1.0
"""Which files say their license, and what they say; for cmake/sbom.py and tests/layout/check.py."""
import re

LICENSE = "BSL-1.0"
# Files with comments; all others, as pictures and inputs of tests, are under the LICENSE of the whole.
COMMENTED = {
    ".hpp", ".cpp", ".cmake", ".py", ".sh", ".in", ".toml", ".txt", ".clang-format", ".clang-tidy",
}  # fmt: skip
# Trees that are wrong on purpose.
WRONG = ("tests/layout/wrong/", "tests/docs/wrong/")


def must_say(name, content):
    """Whether a file, by its path in the repository and its bytes, has to have a line with its license."""
    if name.startswith(WRONG) or name.startswith("tests/fuzz/corpus/"):
        return False
    last = name.rpartition("/")[2]
    suffix = last[last.rfind("."):] if "." in last else ""
    return suffix in COMMENTED or content.startswith(b"#!")


def license_of(content):
    """The expression in the first three lines, or None."""
    found = re.search(rb"SPDX-License-Identifier: ([\w.+ ()-]+?)\s*$", b"\n".join(content.split(b"\n")[:3]), re.MULTILINE)
    return found[1].decode() if found else None


def complaint(name, content):
    """What is wrong with the license of a file, or None."""
    said = license_of(content)
    if said is None:
        return f"{name}: no 'SPDX-License-Identifier: {LICENSE}' in its first lines" if must_say(name, content) else None
    if said != LICENSE and not name.startswith(WRONG):
        return f"{name}: its license is {said}, not {LICENSE}"
    return None
