#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes a release of the commit that is checked out: release.py VERSION [--out DIR]

    cmake/release.py --prepare VERSION      writes the version where it stands, for a commit
    cmake/release.py VERSION                in dist/ then: quoin-VERSION.tar.gz     the sources
                                                           quoin-VERSION.hpp        the single header
                                                           quoin-VERSION.spdx.json  what is in it and what it uses
                                                           SHA256SUMS               of these
    cmake/release.py --check                says whether one version stands everywhere

The files are made of the commit alone: in any folder, at any time, by any user they have the same bytes (with the same
zlib). Nothing is written if the working tree has changes, if VERSION does not stand everywhere (version.hpp, which CMake,
pip and Conan read; vcpkg.json and the port; the changelog), or if a source does not state its license.
"""
import argparse
import gzip
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from sbom import dependencies, sbom  # noqa: E402
from single_header import single_header, version_of  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEADER, CHANGELOG = "include/quoin/version.hpp", "docs/changelog.md"
MANIFESTS = ("vcpkg.json", "cmake/vcpkg/quoin/vcpkg.json")
PARTS = ("MAJOR", "MINOR", "PATCH")
MANIFEST_VERSION = re.compile(r'("version-semver": ")([^"]*)(")')


class Refused(Exception):
    """Why there is no release."""


def git(*arguments, text=True):
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=text, check=True).stdout


def versions():
    """Where a version stands, and which."""
    result = {HEADER: version_of(ROOT)}
    for name in MANIFESTS:
        result[name] = json.loads((ROOT / name).read_text())["version-semver"]
    headings = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / CHANGELOG).read_text(), re.MULTILINE)
    result[CHANGELOG] = headings[0] if headings else "none"
    return result


def check_versions(version=None):
    found = versions()
    wanted = version or found[HEADER]
    wrong = [f"{name} has version {said}" for name, said in found.items() if said != wanted]
    if wrong:
        raise Refused(f"the version is to be {wanted}, but {', '.join(wrong)}; "
                      f"run cmake/release.py --prepare {wanted} and commit what it writes")
    return wanted


def prepare(version):
    """Writes a version where one stands; what the changelog has as unreleased becomes its section."""
    header = (ROOT / HEADER).read_text()
    for part, number in zip(PARTS, version.split("."), strict=True):
        header = re.sub(rf"(#define QUOIN_VERSION_{part} )\d+", rf"\g<1>{number}", header)
    (ROOT / HEADER).write_text(header)
    for name in MANIFESTS:
        (ROOT / name).write_text(MANIFEST_VERSION.sub(rf"\g<1>{version}\g<3>", (ROOT / name).read_text(), count=1))
    changelog = (ROOT / CHANGELOG).read_text()
    if f"\n## {version}\n" not in changelog:
        if "\n## Unreleased\n" not in changelog:
            raise Refused(f"{CHANGELOG} has no section 'Unreleased', and none of {version}; write what is new")
        (ROOT / CHANGELOG).write_text(changelog.replace("\n## Unreleased\n", f"\n## {version}\n", 1))


def archive(version):
    """The bytes of the sources of the commit; configuration of git that would change them is set."""
    tar = git("-c", "tar.umask=0022", "-c", "core.autocrlf=false", "archive", "--format=tar",
              f"--prefix=quoin-{version}/", "HEAD", text=False)
    return gzip.compress(tar, 9, mtime=0)


def release(version, out):
    if changed := git("status", "--porcelain"):
        raise Refused(f"the working tree has changes, of which a release would know nothing: {changed.split()[1]}"
                      f"{' and others' if changed.count(chr(10)) > 1 else ''}; commit or remove them")
    check_versions(version)
    seconds = int(git("show", "-s", "--format=%ct", "HEAD"))
    files = {f"quoin-{version}.tar.gz": archive(version), f"quoin-{version}.hpp": single_header(ROOT).encode()}
    with tempfile.TemporaryDirectory() as folder:
        sources = pathlib.Path(folder) / f"quoin-{version}.tar.gz"
        sources.write_bytes(files[sources.name])
        document, complaints = sbom(sources, version, seconds, dependencies(ROOT))
    if complaints:
        raise Refused("; ".join(complaints))
    files[f"quoin-{version}.spdx.json"] = (json.dumps(document, indent=1) + "\n").encode()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
        os.utime(out / name, (seconds, seconds))
    return sums


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", nargs="?", help="major.minor.patch")
    parser.add_argument("--prepare", action="store_true", help="write the version, make no release")
    parser.add_argument("--check", action="store_true", help="compare the versions, make no release")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "dist", help="the folder of the files (dist)")
    arguments = parser.parse_args()
    version = arguments.version
    if not arguments.check and not re.fullmatch(r"\d+\.\d+\.\d+", version or ""):
        parser.error(f"'{version or ''}' is not a version; give one of the form 1.2.3")
    try:
        if arguments.prepare:
            prepare(version)
            print(f"version {version} is written; look at git diff, and commit")
        elif arguments.check:
            print(f"version {check_versions(version)} stands everywhere")
        else:
            print(release(version, arguments.out), end="")
    except Refused as reason:
        sys.exit(f"release: {reason}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"release: git failed: {str(error.stderr).strip()}")


if __name__ == "__main__":
    main()
