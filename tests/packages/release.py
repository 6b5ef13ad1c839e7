# SPDX-License-Identifier: BSL-1.0
"""cmake/release.py, on a copy of the sources under git: release.py

Two releases of one commit, made in two folders by users with other settings, have the same bytes; the single header and the
bill of materials are right; trees with changes, with versions that differ and with other licenses are refused. Exit status
77: cannot run here.
"""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPIED = ("cmake", "docs", "include", "tests/packages", "CMakeLists.txt", "LICENSE", "conanfile.py", "pyproject.toml", "vcpkg.json")
VERSION = "9.8.7"
NAMES = {f"quoin-{VERSION}.tar.gz", f"quoin-{VERSION}.hpp", f"quoin-{VERSION}.spdx.json", "SHA256SUMS"}
AUTHOR = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
          for what, value in (("NAME", "test"), ("EMAIL", "test@example.org"), ("DATE", "2026-01-02T03:04:05Z"))}
# The settings of no user.
ENVIRONMENT = {**os.environ, **AUTHOR, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder, *arguments):
    return subprocess.run(["git", "-C", folder, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True)


def commit(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def release(folder, *arguments, **environment):
    return subprocess.run(
        [sys.executable, folder / "cmake/release.py", *map(str, arguments)],
        env={**ENVIRONMENT, **environment}, capture_output=True, text=True, check=False,
    )


def refused(folder, sentence, out):
    result = release(folder, VERSION, "--out", out)
    assert result.returncode != 0 and sentence in result.stderr, (sentence, result.stdout, result.stderr)
    assert not out.exists(), "a refused release wrote something"


def repository(folder):
    """The sources with a version of their own, committed."""
    for name in COPIED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, target)
    changelog = folder / "docs/changelog.md"
    if "\n## Unreleased\n" not in changelog.read_text():
        changelog.write_text("# Changelog\n\n## Unreleased\n\n- something\n" + changelog.read_text())
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "start")
    assert (said := release(folder, "--check")).returncode == 0, said.stderr
    assert (said := release(folder, "--prepare", VERSION)).returncode == 0, said.stderr
    commit(folder, "version")


def check_equal(folder, first):
    """Two releases, the second by a user with other settings, from a clone elsewhere."""
    clone = folder / "else" / "where"
    clone.parent.mkdir()
    git(folder, "clone", "-q", first, clone)
    git(clone, "config", "tar.umask", "0077")
    git(clone, "config", "core.autocrlf", "true")
    one, other = folder / "one", folder / "other"
    assert (said := release(first, VERSION, "--out", one)).returncode == 0, said.stderr
    os.umask(0o077)
    said = release(clone, VERSION, "--out", other, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7", HOME="/nowhere")
    os.umask(0o022)
    assert said.returncode == 0, said.stderr
    for name in NAMES:
        assert (one / name).read_bytes() == (other / name).read_bytes(), f"{name} differs"
    assert {p.name for p in one.iterdir()} == NAMES
    return one


def check_content(out, repository_):
    sums = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
    assert sums.keys() == NAMES - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest, name

    with tarfile.open(out / f"quoin-{VERSION}.tar.gz") as tar:
        members = {m.name: m for m in tar if m.isfile()}
        tracked = git(repository_, "ls-files").stdout.split()
        assert members.keys() == {f"quoin-{VERSION}/{name}" for name in tracked}
        content = {name: tar.extractfile(m).read() for name, m in members.items()}
    assert f"// quoin {VERSION}: " in (out / f"quoin-{VERSION}.hpp").read_text()
    for name in ("vcpkg.json", "cmake/vcpkg/quoin/vcpkg.json"):
        assert json.loads(content[f"quoin-{VERSION}/{name}"])["version-semver"] == VERSION

    bill = json.loads((out / f"quoin-{VERSION}.spdx.json").read_text())
    files = {f["fileName"].removeprefix("./"): f for f in bill["files"]}
    assert files.keys() == set(tracked)
    for name, file in files.items():
        found = {c["algorithm"]: c["checksumValue"] for c in file["checksums"]}
        whole = content[f"quoin-{VERSION}/{name}"]
        assert found == {"SHA1": hashlib.sha1(whole).hexdigest(), "SHA256": hashlib.sha256(whole).hexdigest()}, name
    assert files["include/quoin/config.hpp"]["licenseInfoInFiles"] == ["BSL-1.0"]
    sources = [f for n, f in files.items() if n.endswith((".hpp", ".cpp", ".py", ".sh"))]
    assert all(f["licenseInfoInFiles"] == ["BSL-1.0"] for f in sources) and len(sources) > 300
    ids = {p["SPDXID"] for p in bill["packages"]} | {f["SPDXID"] for f in bill["files"]} | {"SPDXRef-DOCUMENT"}
    for relation in bill["relationships"]:
        assert {relation["spdxElementId"], relation["relatedSpdxElement"]} <= ids, relation
    assert {"quoin", "xsimd", "oneTBB", "Kokkos", "stb", "libtiff"} <= {p["name"] for p in bill["packages"]}
    assert bill["creationInfo"]["created"] == "2026-01-02T03:04:05Z"


def check_refusals(folder, tree):
    out = folder / "refused"
    (tree / "left.txt").write_text("a file that is in no commit")
    refused(tree, "the working tree has changes, of which a release would know nothing: left.txt", out)
    (tree / "left.txt").unlink()

    manifest = tree / "vcpkg.json"
    manifest.write_text(manifest.read_text().replace(f'"{VERSION}"', '"9.8.6"'))
    commit(tree, "another version")
    refused(tree, f"the version is to be {VERSION}, but vcpkg.json has version 9.8.6", out)
    git(tree, "reset", "-q", "--hard", "HEAD~1")

    header = tree / "include/quoin/version.hpp"
    header.write_text(header.read_text().replace("SPDX-License-Identifier: BSL-1.0", "SPDX-License-Identifier: MIT"))
    (tree / "cmake/unsaid").write_text("#!/bin/sh\necho whose is this\n")
    commit(tree, "licenses")
    refused(tree, "quoin/version.hpp lacks the line of the license", out)
    git(tree, "checkout", "-q", "HEAD~1", "include")
    commit(tree, "one license")
    refused(tree, "cmake/unsaid: no 'SPDX-License-Identifier: BSL-1.0' in its first lines", out)
    git(tree, "reset", "-q", "--hard", "HEAD~2")

    said = release(tree, "1.0", "--out", out)
    assert said.returncode != 0 and "'1.0' is not a version" in said.stderr, said.stderr


def main():
    if not shutil.which("git"):
        print("skipped: there is no git here")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tree = folder / "tree"
        repository(tree)
        check_content(check_equal(folder, tree), tree)
        check_refusals(folder, tree)
    print("two releases have the same bytes, and three bad trees are refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
