# SPDX-License-Identifier: BSL-1.0
# Folders of images, and quoin-spread as a program. QUOIN_BIN names the folder of the executables.
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import time

import environment
import pytest

SPREAD = pathlib.Path(__file__).resolve().parents[2] / "examples" / "spread"
sys.path.insert(0, str(SPREAD))
PROGRAM = pathlib.Path(os.environ.get("QUOIN_BIN", "")) / "quoin-batch"
FILES = 300  # of what is planned
QUICK = "gray,median=5,gaussian=2"
SEED = int(os.environ.get("QUOIN_TEST_SEED", "20261130"))


def pytest_report_header():
    return f"seed {SEED}"


def pytest_sessionfinish(session, exitstatus):
    """Exit status 77, as of a script that lacks something, if all tests were skipped."""
    counts = session.config.pluginmanager.get_plugin("terminalreporter").stats
    if exitstatus == 0 and "skipped" in counts and "passed" not in counts:
        session.exitstatus = 77


def outputs(folder):
    """Every output by its name: a digest of its bytes."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and ".quoin-batch" not in path.parts}  # fmt: skip


def wait_for(what, seconds=60):
    """The first true what()."""
    end = time.monotonic() + seconds
    while not (result := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return result


class Folder:
    """Inputs, what a clean run of quoin-batch makes of them, and a plan."""

    def __init__(self, root, count, size, damaged=0, chain=QUICK):
        self.job = ["--job", "filters", "--chain", chain, "--format", "pnm"]
        self.root, self.input, self.out, self.clean = root, root / "in", root / "out", root / "clean"
        self.input.mkdir()
        chance = random.Random(SEED)
        for number in range(count):
            width, height = size + chance.randrange(64), size + chance.randrange(64)
            content = b"P6\n%d %d\n255\n" % (width, height) + chance.randbytes(width * height * 3)
            name = f"{number:04d}.ppm"
            if number < damaged:
                content = content[: len(content) // 2]
            (self.input / name).write_bytes(content)

    def batch(self, *options, out=None, **more):
        return subprocess.run([PROGRAM, self.input, out or self.clean, *self.job, *options], capture_output=True,
                              text=True, **more)  # fmt: skip

    def command(self, name, *options):
        if name != "status":
            options = (*options, *(["--program", PROGRAM] if name in ("plan", "work") else []))
        return [sys.executable, SPREAD / "quoin-spread", name, *map(str, options)]

    def spread(self, name, *options, status=0, **more):
        ended = subprocess.run(self.command(name, *options), capture_output=True, text=True, timeout=300, **more)
        assert ended.returncode == status, ended.stderr + ended.stdout
        return ended

    def plan(self, *options):
        return self.spread("plan", self.input, self.out, *self.job, *options)

    def start(self, *options, **more):
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command("work", self.out, *options), stdout=pipe, stderr=pipe, text=True, **more)

    @property
    def journals(self):
        return sorted((self.out / ".quoin-batch" / "workers").glob("*.journal"))

    def rows(self):
        """How many lines the journals have."""
        return sum(journal.read_bytes().count(b"\n") for journal in self.journals)

    def merged(self):
        return (self.out / ".quoin-batch" / "filters.journal").read_text().splitlines()

    def same_as_clean(self):
        """The bytes of all outputs, and the journal, are those of one run of quoin-batch."""
        assert outputs(self.out) == outputs(self.clean)
        assert sorted(self.merged()) == sorted((self.clean / ".quoin-batch" / "filters.journal").read_text().splitlines())
        assert not list((self.out / ".quoin-batch" / "workers").glob("*.staging/*"))


@pytest.fixture
def folder(tmp_path):
    """Makes a Folder; the clean run has been."""
    if not os.access(PROGRAM, os.X_OK):
        pytest.skip("needs quoin-batch in the folder that QUOIN_BIN names")

    def make(count=60, size=128, damaged=0, chain=QUICK):
        made = Folder(tmp_path, count, size, damaged, chain)
        assert made.batch().returncode == (3 if damaged else 0)
        return made

    return make


@pytest.fixture
def planned(folder):
    """So slow that a worker is killed half-way, and not when all has been done."""
    f = folder(count=FILES, size=192, chain="nl_means=3:9:10")
    f.plan("--unit-files", 8)
    return f


@pytest.fixture(scope="session")
def python():
    """The Python that has these modules."""
    found = environment.python()
    if not os.access(found, os.X_OK):
        pytest.skip("needs the engines of cmake/setup.sh --spread")

    def has(*modules):
        code = "".join(f"import {module}\n" for module in modules)
        if subprocess.run([found, "-c", code], capture_output=True).returncode != 0:
            pytest.skip(f"needs {', '.join(modules)}, which cmake/setup.sh --spread installs")
        return found

    return has
