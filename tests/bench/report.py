#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of bench/: the fit, the recommendation, the table and the page, on results in the format of quoin-bench whose
times are computed here."""

import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench/report"
sys.path.insert(0, str(BENCH))
sys.dont_write_bytecode = True

import plots  # noqa: E402
import recommend  # noqa: E402
import results  # noqa: E402
import scaling  # noqa: E402
import summary  # noqa: E402

PIXELS = {"720p": 1280 * 720, "1080p": 1920 * 1080, "4k": 3840 * 2160}
NOISE = (0.99, 1.0, 1.02)
SHARE = 0.9  # the parallel share of every job here
# name, bytes a pixel, ns a pixel under serial
JOBS = [
    ("chain-5<rgb-u8>", 4, 18),
    ("brightness<u8>", 2, 0.8),
    ("gaussian3<u8>", 2, 1.6),
    ("gaussian3<u16>", 4, 3.2),
    ("components<u8>", 1, 1.5),
    ("segment-run_merge<u8>", 1, 1.7),
]
JOBS += [(f"{kind}-{n}<u8>", 2, n) for kind in ("pointwise", "local") for n in (1, 5, 10)]


def amdahl_time(one, share, threads):
    return one * (1 - share + share / threads)


def benchmark(name, ms, pixels, bytes_per_pixel, **more):
    """The repetitions of one benchmark, and one of the aggregates that Google Benchmark adds."""
    runs = [
        {
            "name": f"{name}/real_time",
            "run_type": "iteration",
            "real_time": ms * n,
            "time_unit": "ms",
            "pixels": pixels,
            "bytes_per_pixel": bytes_per_pixel,
            "waited": 0.001,
            **more,
        }
        for n in NOISE
    ]
    return runs + [{"name": f"{name}/real_time_mean", "run_type": "aggregate", "real_time": 1e9, "time_unit": "ms"}]


def document(threads=(1, 2, 4)):
    """Results with every kind of row; vectors are 8 times and OpenCV 4 times as fast as serial."""
    runs = []
    for size, pixels in PIXELS.items():
        for job, bytes_per_pixel, ns in JOBS:
            serial = ns * pixels / 1e6

            def add(policy, ms, **more):
                runs.extend(benchmark(f"{job}/{size}/{policy}", ms, pixels, bytes_per_pixel, **more))

            add("serial", serial)
            add("simd", serial / 8)
            for n in threads:
                add(f"parallel:{n}", amdahl_time(serial, SHARE, n))
                add(f"parallel_simd:{n}", amdahl_time(serial / 8, SHARE, n), joules=0.5)
                add("opencv" if n == 1 else f"opencv:{n}", serial / 4, max_difference=1)
        for count in (1, 2, 4):
            for n in threads:
                name = f"memcpy-{count}B/{size}/" + ("serial" if n == 1 else f"parallel:{n}")
                runs.extend(benchmark(name, 1e-7 * count * pixels / n, pixels, count))
    context = {
        "date": "2001-02-03T04:05:06",
        "num_cpus": 4,
        "threads": ",".join(map(str, threads)),
        "instruction_set": "avx2",
        "energy": "exposed",
        "opencv": "4.0.0",
    }
    return {"context": context, "benchmarks": runs}


def write(folder, name, content):
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, "-B", BENCH / script, *arguments], capture_output=True, text=True, timeout=120
    )


class Page(html.parser.HTMLParser):
    """Tags must be closed in order; what the page would load is collected."""

    VOID = {"meta", "br", "hr"}

    def __init__(self):
        super().__init__()
        self.open, self.loads, self.seen = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        self.loads += [v for k, v in attributes if k in ("src", "href", "xlink:href") and not v.startswith("#")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]} at {self.getpos()}"
        self.open.pop()


class Fit(unittest.TestCase):
    def test_recovers_a_known_share(self):
        for share in (0.0, 0.5, 0.9, 0.99, 1.0):
            for counts in ((1, 2), (1, 2, 4, 8), (2, 6, 64)):
                found, one = scaling.amdahl([(n, amdahl_time(30, share, n)) for n in counts])
                self.assertAlmostEqual(found, share, 9)
                self.assertAlmostEqual(one, 30, 6)

    def test_noise_moves_it_little_and_never_out_of_range(self):
        noisy = [(n, amdahl_time(30, 0.9, n) * f) for n, f in zip((1, 2, 4, 8), (1.01, 0.99, 1.01, 0.99))]
        self.assertAlmostEqual(scaling.amdahl(noisy)[0], 0.9, 1)
        self.assertEqual(scaling.amdahl([(1, 10), (2, 11)])[0], 0.0)
        self.assertEqual(scaling.amdahl([(1, 10), (2, 4)])[0], 1.0)

    def test_one_number_of_threads_is_no_fit(self):
        with self.assertRaises(ValueError):
            scaling.amdahl([(2, 10), (2, 11)])
        self.assertEqual(scaling.Fit("j", "4k", "parallel", 0.75, 8, [1, 2]).ceiling, 4)


class Reading(unittest.TestCase):
    def test_quotients(self):
        rows, failures = results.rows_of(document())
        results.derive(rows)
        self.assertEqual(failures, {})
        row = next(r for r in rows if r.name == "chain-5<rgb-u8>/4k/parallel_simd:4")
        factor = 1 - SHARE + SHARE / 4
        self.assertAlmostEqual(row.ns_per_pixel, 18 / 8 * factor)
        self.assertAlmostEqual(row.gigabytes_per_second, 4 / (18 / 8 * factor))
        self.assertAlmostEqual(row.speedup, 8 / factor)
        self.assertAlmostEqual(row.efficiency, 1 / (4 * factor))
        self.assertAlmostEqual(row.by_opencv, factor / 2)
        self.assertAlmostEqual(row.by_memcpy, row.ms / (1e-7 * 4 * PIXELS["4k"] / 4))
        self.assertAlmostEqual(row.spread, 0.0075)
        self.assertAlmostEqual(row.microjoules_per_pixel, 0.5e6 / PIXELS["4k"])

    def test_disturbed_repetitions_do_not_count(self):
        runs = [
            {"real_time": 9.0, "waited": 0.5},
            {"real_time": 1.0, "waited": 0.0},
            {"real_time": 2.0, "waited": 0.02},
        ]
        quiet = [{"real_time": 1.5, "waited": 0.03}]
        self.assertEqual(results.undisturbed(runs + quiet, 1), (runs[1:] + quiet, False))
        self.assertEqual(results.undisturbed(runs[1:], 1), (runs[1:], False))
        self.assertEqual(results.undisturbed(runs[:1], 1), (runs[:1], True))

    def test_three_repetitions_count_at_least(self):
        runs = [{"real_time": t, "waited": w} for t, w in ((1, 0.5), (2, 0.1), (3, 0.01), (4, 0.9), (5, 0.2))]
        self.assertEqual(results.undisturbed(runs, 1), ([runs[1], runs[2], runs[4]], True))
        busy = [{**r, "waited": r["waited"] + 0.1} for r in runs]
        self.assertEqual(results.undisturbed(busy, 1), ([busy[1], busy[2], busy[4]], True))

    def test_waiting_is_that_of_a_thread(self):
        runs = [{"real_time": 1.0, "waited": 0.1} for _ in range(3)]
        self.assertEqual(results.undisturbed(runs, 4), (runs, False))
        self.assertEqual(results.undisturbed(runs, 2), (runs, True))
        more = document(threads=(4,))
        for b in more["benchmarks"]:
            b["waited"] = 0.1
        disturbed = {r.policy: r.disturbed for r in results.rows_of(more)[0] if r.job == "chain-5<rgb-u8>"}
        self.assertEqual((disturbed["serial"], disturbed["parallel"], disturbed["opencv"]), (True, False, False))

    def test_quotients_by_disturbed_rows(self):
        runs = document()
        for b in runs["benchmarks"]:
            b["waited"] = 0.5 if re.search(r"/opencv|memcpy", b["name"]) else 0
        rows, _ = results.rows_of(runs)
        results.derive(rows)
        row = next(r for r in rows if r.name == "chain-5<rgb-u8>/4k/simd")
        self.assertEqual((row.disturbed, row.doubtful), (False, {"by_memcpy", "by_opencv"}))

    def test_times_in_another_unit_are_refused(self):
        runs = document()
        runs["benchmarks"][0]["time_unit"] = "us"
        with self.assertRaisesRegex(ValueError, "not in ms"):
            results.rows_of(runs)


class Recommendation(unittest.TestCase):
    @staticmethod
    def row(policy, threads, ms, spread=0.0, job="j"):
        return results.Row(job, "4k", policy, threads, ms, ms * (1 - spread), ms * (1 + spread), 100, 1)

    def test_fewer_threads_where_more_gain_less_than_noise(self):
        one, two, four = self.row("simd", 1, 10), self.row("parallel_simd", 2, 5.1), self.row("parallel_simd", 4, 5.0)
        self.assertEqual(recommend.choose([four, two, one]), (two, four))
        noisy = self.row("simd", 1, 5.5, 0.1)
        self.assertEqual(recommend.choose([four, two, noisy]), (noisy, four))

    def test_disturbed_times_count_where_they_are_the_least(self):
        one, two = self.row("simd", 1, 10), self.row("parallel_simd", 2, 5)
        one.disturbed = True
        slower = self.row("parallel", 2, 10.1)
        self.assertEqual(recommend.choose([one, slower]), (one, one))
        self.assertEqual(recommend.choose([one, slower, two]), (two, two))
        one.ms = 5.1
        self.assertEqual(recommend.choose([one, two]), (two, two))
        self.assertEqual(recommend.choose([one]), (one, one))
        two.disturbed = True
        self.assertEqual(scaling.fits([self.row("parallel", 1, 10), two]), [])

    def test_in_the_order_of_policies_where_noise_cannot_tell(self):
        serial, simd = self.row("serial", 1, 5.1), self.row("simd", 1, 5.0)
        parallel, with_simd = self.row("parallel", 2, 2.01), self.row("parallel_simd", 2, 2.0)
        self.assertEqual(recommend.choose([simd, serial]), (serial, simd))
        self.assertEqual(recommend.choose([simd, serial, with_simd, parallel]), (parallel, with_simd))

    def test_kokkos_of_another_run_is_not_compared(self):
        rows = [self.row("simd", 1, 5), self.row("kokkos_simd", 1, 1), self.row("kokkos_simd", 2, 4)]
        measured = results.Results(rows, {}, {})
        self.assertEqual([c.chosen for c in recommend.recommend(measured, "4k")], [rows[2]])
        self.assertEqual(measured.of_quoin("j", "4k"), [rows[0], rows[2]])

    def test_what_rests_on_disturbed_times_says_so(self):
        serial, two, four = self.row("serial", 1, 10), self.row("simd", 2, 5.1), self.row("simd", 4, 5.0)
        four.disturbed = True
        choice = recommend.Choice("j", two, four, serial)
        self.assertEqual(
            choice.words,
            "simd on 2 threads: 5.1 ms, 2.0 times as fast as serial; simd on 4 threads gains 2 %*, which is within the "
            "noise",
        )
        self.assertIs(recommend.tuning([choice], "m", "4k")["jobs"]["j"]["disturbed"], True)
        choice = recommend.Choice("j", four, four, serial)
        self.assertEqual(choice.words, "simd on 4 threads: 5 ms*, 2.0* times as fast as serial")
        choice = recommend.Choice("j", two, two, serial)
        self.assertIs(recommend.tuning([choice], "m", "4k")["jobs"]["j"]["disturbed"], False)

    def test_chains_of_a_kind_count_once(self):
        faster = {"box-15<u8>": 4, "box-3<u8>": 1, "local-1<u8>": 2, "local-10<u8>": 8, "local-2<u8>": 0.25}
        pairs = [(self.row("simd", 1, 1, job=j), self.row("opencv", 1, q, job=j)) for j, q in faster.items()]
        self.assertAlmostEqual(summary.mean_quotient(pairs), (4 * 1 * 4 ** (1 / 3)) ** (1 / 3))

    def test_the_fastest_where_the_gain_is_real(self):
        one, two = self.row("simd", 1, 10), self.row("parallel_simd", 2, 9.0)
        self.assertEqual(recommend.choose([one, two]), (two, two))

    def test_kokkos_as_the_executables_call_it(self):
        choice = recommend.Choice("j", self.row("kokkos_simd", 2, 1), self.row("kokkos_simd", 2, 1), None)
        self.assertEqual(choice.policy, "kokkos")


class Numbers(unittest.TestCase):
    def test_three_digits(self):
        for value, text in (
            (0, "0"),
            (0.01234, "0.0123"),
            (1.5, "1.5"),
            (12.34, "12.3"),
            (123.4, "123"),
            (12345, "12,345"),
            (100, "100"),
        ):
            self.assertEqual(plots.number(value), text)

    def test_ticks_enclose_the_values(self):
        for low, high in ((0.011, 9), (0.3, 0.4), (5, 5), (1, 2000)):
            for log in (False, True):
                scale = plots.Scale([low, high], 0, 100, log)
                self.assertTrue(0 <= scale(low) <= scale(high) <= 100)
                self.assertLessEqual(len(scale.ticks), 12)


class Report(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def fill(self):
        write(self.folder, "results.json", document())
        strips = [{"core": c, "thread": 100 + c, "strips": 20 + c} for c in range(2)]
        write(
            self.folder,
            "probes.jsonl",
            "".join(
                json.dumps({"name": f"{job}/720p/{policy}", "extra_bytes": size, "evaluations": 5, "strips": strips})
                + "\n"
                for job in ("chain-5<rgb-u8>", "segment-run_merge<u8>")
                for policy, size in (("simd", 0), ("parallel_simd:4", 70_000), ("opencv:4", 40_000_000))
            ),
        )
        write(
            self.folder,
            "compile.json",
            {
                "compiler": "cc <1> & more",
                "programs": [
                    {
                        "name": "fits",
                        "seconds": 0.5,
                        "elapsed": 0.6,
                        "megabytes": 100,
                        "most_seconds": 1,
                        "most_megabytes": None,
                    },
                    {
                        "name": "does not",
                        "seconds": 13,
                        "elapsed": 14,
                        "megabytes": 100,
                        "most_seconds": 12,
                        "most_megabytes": 1200,
                    },
                ],
            },
        )
        write(
            self.folder,
            "peers.json",
            {
                "size": "720p",
                "pixels": PIXELS["720p"],
                "peers": [{"name": "Pillow", "version": "9.0"}, {"name": "Numba", "version": None}],
                "rows": [
                    {
                        "peer": "Pillow",
                        "job": "gaussian3<u8>",
                        "threads": 1,
                        "max_difference": 1,
                        "allowed": 1,
                        "note": "",
                        "disturbed": False,
                        "ms": [5.0, 6.0],
                    }
                ],
            },
        )

    def make(self, status=0):
        r = run("report.py", self.folder)
        self.assertEqual(r.returncode, status, r.stderr)
        self.assertEqual(r.stderr, "")
        text = (self.folder / "report.html").read_text()
        parsed = Page()
        parsed.feed(text)
        parsed.close()
        self.assertEqual(parsed.open, [])
        self.assertEqual(parsed.loads, [])
        for pattern in (r"(?i)https?:|//[a-z]|url\(|@import|<script|<link|<img", r"\bnan\b|\binf\b|\bNone\b"):
            found = re.search(pattern, text)
            self.assertIsNone(found, found and text[max(0, found.start() - 80) : found.end() + 80])
        for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
            xml.etree.ElementTree.fromstring(svg)
        return r.stdout, text, parsed

    def test_all_of_it(self):
        self.fill()
        out, text, parsed = self.make()
        self.assertGreaterEqual(parsed.seen.count("svg"), 12)
        self.assertGreaterEqual(parsed.seen.count("details"), 8)
        for part in (
            "90.0 %",
            "10 times",
            "Numba: not installed",
            "over the limit",
            "cc &lt;1&gt; &amp; more",
            "40 MB",
            "70 KB",
            "microjoules a pixel",
            "OpenCV 4.0.0",
        ):
            self.assertTrue(part in text, part)
        self.assertIn("EXCEEDED", out)
        self.assertIn("chain-5<rgb-u8>          parallel_simd on 4 threads", out)
        self.assertEqual((self.folder / "summary.txt").read_text(), out[: out.index("\nreport: ")])

        tuning = json.loads((self.folder / "tuning.json").read_text())
        self.assertEqual(tuning["quoin_tuning"], 1)
        for job in ("filters", "segment", "gaussian3<u16>"):
            self.assertEqual((tuning["jobs"][job]["policy"], tuning["jobs"][job]["threads"]), ("parallel_simd", 4))

    def test_times_alone_on_one_thread(self):
        bare = document(threads=(1,))
        bare["benchmarks"] = [
            b for b in bare["benchmarks"] if "opencv" not in b["name"] and b["name"].startswith(("chain-5", "memcpy"))
        ]
        for b in bare["benchmarks"]:
            b.pop("joules", None)
        bare["context"] |= {"opencv": "not in this build", "energy": "not exposed"}
        write(self.folder, "results.json", bare)
        _, text, _ = self.make()
        self.assertTrue("not exposed" in text)
        self.assertFalse("Beside OpenCV" in text)

    def test_kokkos_on_fewer_threads_comes_from_another_run(self):
        self.fill()
        more = document(threads=(1,))
        for b in more["benchmarks"]:
            b["name"] = b["name"].replace("parallel_simd:1", "kokkos_simd:1")
            b["real_time"] *= 2 if "memcpy" in b["name"] else 1
        write(self.folder, "results-kokkos-1.json", more)
        self.make()
        measured = results.read([self.folder / "results.json", self.folder / "results-kokkos-1.json"])
        row = measured.find("chain-5<rgb-u8>", "4k", "kokkos_simd", 1)
        self.assertAlmostEqual(row.by_memcpy, row.ms / (2 * 1e-7 * 4 * PIXELS["4k"]))
        self.assertAlmostEqual(measured.find("memcpy-4B", "4k", "serial").ms, 1e-7 * 4 * PIXELS["4k"])

    def test_a_job_of_the_kokkos_run_alone_is_not_recommended(self):
        """The run of Kokkos on fewer threads times serial and parallel, too; simd was not in it."""
        self.fill()
        more = document(threads=(1,))
        more["benchmarks"] = [b for b in more["benchmarks"] if b["name"].startswith("chain-5<rgb-u8>/4k/serial")]
        for b in more["benchmarks"]:
            b["name"] = b["name"].replace("chain-5<rgb-u8>", "gaussian5<f32>")
        faster = json.loads(json.dumps(more))
        for b in faster["benchmarks"]:
            b["name"] = b["name"].replace("gaussian5<f32>", "chain-5<rgb-u8>").replace("serial", "parallel:1")
            b["real_time"] /= 1000
        self.assertGreater(len(more["benchmarks"]), 0)
        write(self.folder, "results-kokkos-1.json", more | {"benchmarks": more["benchmarks"] + faster["benchmarks"]})
        self.make()
        self.assertNotIn("gaussian5", (self.folder / "report.html").read_text())
        tuning = json.loads((self.folder / "tuning.json").read_text())
        self.assertNotIn("gaussian5<f32>", tuning["jobs"])
        self.assertNotEqual(tuning["jobs"]["chain-5<rgb-u8>"]["policy"], "parallel")

    def test_two_numbers_of_threads_give_no_ceiling(self):
        write(self.folder, "results.json", document(threads=(1, 2)))
        _, text, _ = self.make()
        self.assertIn("two numbers of threads tell no ceiling", text)
        self.assertNotIn("at most", text)

    def test_failures_are_shown_and_are_the_exit_status(self):
        self.fill()
        runs = document()
        runs["benchmarks"].append(
            {
                "name": "box-15<u8>/4k/opencv/real_time",
                "run_type": "iteration",
                "error_occurred": True,
                "error_message": "differs by 7",
            }
        )
        write(self.folder, "results.json", runs)
        out, text, _ = self.make(status=1)
        self.assertIn("FAILED: box-15<u8>/4k/opencv: differs by 7", out)
        self.assertTrue("differs by 7" in text)
        self.assertEqual(run("table.py", self.folder / "results.json").returncode, 1)

    def test_disturbed_rows_have_an_asterisk_everywhere(self):
        self.fill()
        runs = document()
        for b in runs["benchmarks"]:
            b["waited"] = 0.9 if re.match(r"(chain-5|.*/opencv|memcpy)", b["name"]) else 0
        write(self.folder, "results.json", runs)
        out, text, _ = self.make()
        self.assertRegex(out, r"chain-5<rgb-u8> +parallel_simd on 4 threads: [\d.]+ ms\*, [\d.]+\* times as fast as serial")
        self.assertRegex(out, r"gaussian3<u8> +parallel_simd on 4 threads: [\d.]+ ms, [\d.]+ times as fast as serial")
        self.assertRegex(out, r"faster in \d+\* of 12 jobs; the geometric mean, .*, is [\d.]+\* times as fast")
        waited = {b["name"]: b["waited"] for b in runs["benchmarks"] if b["run_type"] == "iteration"}
        told = f"repetitions that count in {sum(map(bool, waited.values()))} of {len(waited)} rows: "
        self.assertRegex(out, told + ".* have an asterisk")
        self.assertIn("(within 5 %) or faster, on 4 threads", text)
        tuning = json.loads((self.folder / "tuning.json").read_text())
        self.assertEqual([tuning["jobs"][j]["disturbed"] for j in ("filters", "gaussian3<u8>")], [True, False])
        lines = run("table.py", self.folder / "results.json").stdout.splitlines()
        for line, marks in ((r"chain-5<rgb-u8> +4k +simd\* ", 3), (r"gaussian3<u8> +4k +simd ", 2), (r"\*: ", 1)):
            self.assertEqual(next(li for li in lines if re.match(line, li)).count("*"), marks, line)

    def test_memory_of_all_but_memcpy_is_looked_at(self):
        script = (BENCH.parent / "report.sh").read_text()
        pattern = re.findall(r'probed="(.*)/\$size/"\n', script)[-1]
        for job in ("min_max<u8>", "box-15<u8>", "median<u8>", "chain-5<rgb-u8>"):
            self.assertTrue(re.match(pattern + "/4k/", f"{job}/4k/simd"), job)
        self.assertFalse(re.match(pattern + "/4k/", "memcpy-4B/4k/serial"))

    def test_no_results(self):
        r = run("report.py", self.folder)
        self.assertEqual((r.returncode, r.stdout), (1, ""))
        self.assertIn("has no results.json", r.stderr)

    def test_the_table(self):
        self.fill()
        r = run("table.py", self.folder / "results.json")
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        line = next(line for line in r.stdout.splitlines() if re.match(r"chain-5<rgb-u8> +4k +parallel_simd:4 ", line))
        self.assertRegex(line, r"6\.065 +0\.[78] +0\.731 +5\.47 +7\.31 +0\.16$")


if __name__ == "__main__":
    unittest.main(verbosity=2)
