# SPDX-License-Identifier: BSL-1.0
# quoin-spread plan, work, merge and status on real files: killed workers, full disks, two workers with one unit.
import csv
import os
import resource
import signal
import subprocess

import pytest
from conftest import PROGRAM, outputs, wait_for


def test_one_worker_does_what_quoin_batch_does(folder):
    f = folder(damaged=2)
    f.plan()
    assert "60 missing" in f.spread("status", f.out, status=3).stdout
    f.spread("work", f.out)
    report = f.root / "report.csv"
    ended = f.spread("merge", f.out, "--report", report, status=3)
    assert "58 done, 2 failed" in ended.stdout and "0000.ppm: failed: " in ended.stderr
    f.same_as_clean()
    with open(report, newline="") as file:
        status = {row["file"]: row["status"] for row in csv.DictReader(file)}
    assert len(status) == 60 and [name for name, s in status.items() if s == "failed"] == ["0000.ppm", "0001.ppm"]
    assert "2 units: 2 ended" in f.spread("status", f.out).stdout


def test_quoin_batch_resumes_from_the_merged_journal(folder):
    f = folder()
    f.plan()
    f.spread("work", f.out)
    f.spread("merge", f.out)
    assert "60 kept" in f.batch("--resume", out=f.out).stdout


@pytest.mark.parametrize("victim", ["quoin-spread", "quoin-batch", "both"])
def test_a_killed_worker(folder, victim):
    f = folder(count=150, size=256)
    f.plan("--unit-files", 8)
    first = f.start("--patience", 2, "--workers", 1, start_new_session=True)
    second = f.start("--patience", 2, "--workers", 1)
    wait_for(lambda: f.rows() > 40)
    if victim == "both":
        os.killpg(first.pid, signal.SIGKILL)
    elif victim == "quoin-spread":
        first.kill()
    else:
        child = subprocess.run(["pgrep", "-P", str(first.pid)], capture_output=True, text=True).stdout.split()
        os.kill(int(child[0]), signal.SIGKILL)
    status = first.wait(timeout=120)
    assert status == (0 if victim == "quoin-batch" else -signal.SIGKILL)
    assert second.wait(timeout=120) == 0, second.stderr.read()
    first.communicate(), second.communicate()
    f.spread("merge", f.out)
    f.same_as_clean()


def test_all_killed_and_begun_again(folder):
    f = folder(count=150, size=256)
    f.plan("--unit-files", 8)
    for limit in (20, 60, 100):
        worker = f.start(start_new_session=True)
        wait_for(lambda: f.rows() > limit)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()
        assert "missing" in f.spread("merge", f.out, status=3).stdout
    f.spread("work", f.out)  # dead processes of this machine are known without patience
    f.spread("merge", f.out)
    f.same_as_clean()


def test_two_workers_with_one_unit(folder):
    f = folder(count=40)
    f.plan("--unit-files", 40)
    unit = str(f.out / ".quoin-batch" / "spread" / "units" / "0000000") + "\n"
    command = [PROGRAM, f.input, f.out, "--job", "filters", "--chain", "gray,median=5,gaussian=2", "--format", "pnm"]
    pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    both = [subprocess.Popen([*command, "--units", "-", "--worker", name], **pipes) for name in ("a", "b")]
    for worker in both:
        worker.stdin.write(unit)
        worker.stdin.flush()
    for worker in both:
        out, _ = worker.communicate()
        assert worker.returncode == 0 and out.split("\t")[2:5] == ["40", "0", "0"]
    assert "40 done, 40 done more than once" in f.spread("merge", f.out).stdout
    f.same_as_clean()


def test_a_worker_whose_disk_is_full(folder):
    """Files of more than 10 kB cannot be written by one worker; the other one does its units."""
    f = folder(count=60)
    f.plan("--unit-files", 4)
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # noqa: E731
    first = f.start("--workers", 1, preexec_fn=small)
    wait_for(lambda: any(b"again\t" in journal.read_bytes() for journal in f.journals))
    second = f.start("--workers", 1)
    assert second.wait(timeout=120) == 0, second.stderr.read()
    first.communicate(timeout=120), second.communicate()
    f.spread("merge", f.out)
    f.same_as_clean()


def test_all_disks_are_full(folder, tmp_path):
    """Units are given up, and done once there is space."""
    f = folder(count=12)
    f.plan("--unit-files", 6)
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # noqa: E731
    worker = f.start("--attempts", 1, preexec_fn=small)
    _, said = worker.communicate(timeout=120)
    assert worker.returncode == 3 and "2 units were given up" in said
    ended = f.spread("merge", f.out, status=3)
    assert "0 done, 12 could not be done" in ended.stdout and "File too large" in ended.stderr
    assert outputs(f.out) == {}
    f.plan("--resume")
    f.spread("work", f.out)
    f.spread("merge", f.out)
    f.same_as_clean()


def test_the_folder_of_the_outputs_is_full(folder):
    """Not even a claim can be written: work ends with the name of its file, status tells what there is, and work that is
    called again does the rest."""
    f = folder(count=12)
    f.plan("--unit-files", 6)
    nothing = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # noqa: E731
    claims = f.out / ".quoin-batch/spread/claims"
    (claims / "0.0").write_text("vm-1-1-1")
    worker = f.start(preexec_fn=nothing)
    _, said = worker.communicate(timeout=120)
    assert worker.returncode == 1 and "File too large; make space there and call it again: '" in said
    told = f.spread("status", f.out, status=3, preexec_fn=nothing).stdout
    assert "12 missing" in told and "2 units: 0 ended, 1 begun" in told
    assert sorted(os.listdir(claims)) == ["0.0"]
    f.spread("work", f.out)
    f.spread("merge", f.out)
    f.same_as_clean()


def test_a_file_that_is_changed_after_the_plan(folder):
    f = folder(count=8)
    f.plan()
    (f.input / "0003.ppm").write_bytes((f.input / "0004.ppm").read_bytes())
    worker = f.start("--attempts", 1)
    worker.communicate(timeout=60)
    assert worker.returncode == 3
    ended = f.spread("merge", f.out, status=3)
    assert "7 done, 1 could not be done" in ended.stdout and "plan again" in ended.stderr
    f.plan("--resume")  # the new content, alone
    f.spread("work", f.out)
    assert "8 done" in f.spread("merge", f.out).stdout
    f.batch()
    f.same_as_clean()


def test_outputs_that_vanish_are_missing(folder):
    f = folder(count=8)
    f.plan()
    f.spread("work", f.out)
    (f.out / "0002.pnm").unlink()
    assert "7 done, 1 missing" in f.spread("merge", f.out, status=3).stdout
    f.plan("--resume")
    f.spread("work", f.out)
    f.spread("merge", f.out)
    f.same_as_clean()


def test_names_of_any_bytes(folder):
    f = folder(count=2)
    names = [b"a\tb.ppm", b"a\nb.ppm", b"50%25.ppm", b"\xff\xfe.ppm", b"same.ppm", b"same.pgm"]
    for name in names:
        with open(os.path.join(os.fsencode(f.input), name), "wb") as file:
            file.write((f.input / "0000.ppm").read_bytes())
    f.batch()
    f.plan("--unit-files", 3)
    f.spread("work", f.out)
    assert "8 done" in f.spread("merge", f.out).stdout
    assert outputs(f.out) == outputs(f.clean)
    read = lambda out: sorted((out / ".quoin-batch" / "filters.journal").read_bytes().split(b"\n"))  # noqa: E731
    assert read(f.out) == read(f.clean)


def test_messages(folder):
    f = folder(count=2)
    assert "has no plan; make one by" in f.spread("work", f.out, status=1).stderr
    f.plan()
    assert "give two numbers such as 0/4" in f.spread("work", f.out, "--share", "4/4", status=1).stderr
    wrong = subprocess.run([PROGRAM, f.input, f.out, "--job", "filters", "--chain", "gray", "--units", "-", "--worker", "w"],
                           input=str(f.out / ".quoin-batch/spread/units/0000000") + "\n", capture_output=True, text=True)  # fmt: skip
    assert wrong.returncode == 1 and "is for the options" in wrong.stderr
    alone = subprocess.run([PROGRAM, f.input, f.out, "--job", "filters", "--units", "-"], capture_output=True, text=True)
    assert alone.returncode == 2 and "--units and --worker go together" in alone.stderr
    outside = f.root / "outside"
    unit = (f.out / ".quoin-batch/spread/units/0000000").read_text()
    outside.write_text(unit.replace("\t0000\n", "\t../0000\n"))
    ended = subprocess.run([PROGRAM, f.input, f.out, "--job", "filters", "--chain", "gray,median=5,gaussian=2", "--format",
                            "pnm", "--units", "-", "--worker", "w2"], input=f"{outside}\n", capture_output=True, text=True)  # fmt: skip
    assert ended.returncode == 1 and "outside of the folders" in ended.stderr


def test_torn_lines_do_not_count(folder):
    """A line without its end, as a dying worker leaves it; the next one under this name closes it."""
    f = folder(count=8)
    f.plan("--unit-files", 4)
    f.spread("work", f.out)
    journal = f.journals[0]
    text = journal.read_bytes()
    journal.write_bytes(text[: text.rindex(b"done\t") + 20])
    assert "1 missing" in f.spread("merge", f.out, status=3).stdout
    units = "".join(f"{unit}\n" for unit in sorted((f.out / ".quoin-batch/spread/units").iterdir()))
    again = subprocess.run([PROGRAM, f.input, f.out, "--job", "filters", "--chain", "gray,median=5,gaussian=2", "--format",
                            "pnm", "--units", "-", "--worker", journal.stem], input=units, capture_output=True, text=True)  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert "8 done" in f.spread("merge", f.out).stdout
    f.same_as_clean()
