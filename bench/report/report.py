# SPDX-License-Identifier: BSL-1.0
"""Makes the report of what bench/report.sh has measured: report.py FOLDER

Reads results*.json, probes.jsonl, compile.json and peers.json of the folder, of which all but results.json may be
missing. Writes report.html, summary.txt and tuning.json there, and prints the summary. Exit status 1 if a benchmark
failed.
"""

import json
import pathlib
import sys

import page
import recommend
import recorded as record
import summary
from sections import cost, overview, speed, tables, threads
from sections.common import count

SECTIONS = [
    ("short", "In short", overview.short),
    ("use", "What to use on this machine", overview.choices),
    ("opencv", "Beside OpenCV", speed.versus),
    ("lengths", "Longer chains", speed.lengths),
    ("sizes", "Larger images", speed.sizes),
    ("threads", "More threads", threads.threads),
    ("types", "Other pixels", speed.types),
    ("memory", "Memory and energy", cost.memory),
    ("python", "Beside libraries of Python", tables.libraries),
    ("compiler", "The compiler's time", cost.compiling),
    ("all", "All measurements", tables.everything),
    ("method", "How it was measured", overview.method),
]


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    try:
        recorded = record.read(folder)
    except (OSError, ValueError, KeyError) as failure:
        sys.exit(f"report: {failure}")
    context = recorded.measured.context
    head = "".join(
        page.paragraph(page.escape(text))
        for text in (
            f"{recorded.machine} · {context['instruction_set']} · threads {', '.join(map(str, recorded.threads))}",
            (
                f"{len(recorded.measured.rows)} rows of {count(len(recorded.measured.jobs()), 'job')}, most at"
                f" {recorded.size} · {context['date'][:10]}"
            ),
        )
    )
    made = [(anchor, title, make(recorded)) for anchor, title, make in SECTIONS]
    html = page.page("quoin: benchmark report", head, [entry for entry in made if entry[2]])
    text = summary.text(recorded)
    tuning = recommend.tuning(recorded.choices, recorded.machine, recorded.size)
    (folder / "report.html").write_text(html, encoding="utf-8")
    (folder / "summary.txt").write_text(text, encoding="utf-8")
    (folder / "tuning.json").write_text(json.dumps(tuning, indent=1) + "\n", encoding="utf-8")
    print(text, end="")
    print(f"\nreport: {folder / 'report.html'}")
    return 1 if "\nFAILED: " in text else 0


sys.exit(main())
