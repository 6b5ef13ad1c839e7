#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the documentation as HTML pages that need no server: build.py EXAMPLES OUT_DIR

EXAMPLES is the folder of the built executables: quoin-filters tells the catalogue, and each program of docs/ in it makes the
pictures of its pages. docs/build.sh builds them and calls this. Needs pandoc.
Exit status 77: pandoc, quoin-filters or a program of docs/ is missing.
"""
import concurrent.futures
import html
import pathlib
import re
import shutil
import subprocess
import sys

import curves
import library
from library import ROOT, code_first, table
from page import Site, fence

GUIDES = {
    "Start": ["README.md", "docs/tutorial.md", "docs/cookbook.md", "docs/faq.md"],
    "Coming from": ["docs/from-opencv.md", "docs/from-scikit-image.md"],
    "Guide": ["docs/semantics.md", "docs/resizing.md", "docs/color.md", "docs/statistics.md", "docs/noise.md", "docs/approximations.md", "docs/shapes.md", "docs/drawing.md", "docs/segmenter.md", "docs/nuclei.md", "docs/batch.md", "docs/spread.md", "docs/serve.md", "docs/python.md", "docs/mpi.md", "docs/packages.md",
              "docs/performance.md", "docs/glossary.md"],
    "Extending": ["docs/add-a-filter.md", "docs/add-a-policy.md", "docs/add-a-stage-kind.md"],
    "Project": ["docs/design.md", "docs/contributing.md", "docs/changelog.md"],
}  # fmt: skip
FOLDERS = {
    "filter/arithmetic": "Two images", "filter/color": "Colors", "filter/corner": "Corners", "filter/edge": "Edges",
    "filter/linear": "Blurs and kernels", "filter/morphology": "Morphology", "filter/point": "Single pixels", "filter/rank": "Ranks",
    "filter/smooth": "Smoothing", "filter/texture": "Textures", "filter/tone": "Tones",
    "geometry": "Geometry", "pipe": "Pipelines", "image": "Views", "exec": "Evaluation", "runtime": "Chains at run time",
    "measure": "Measuring", "mask": "Masks", "label": "Components", "rect": "Rectangles", "feature": "Features", "draw": "Drawing", "tensor": "Models",
    "observe": "Watching", "mpi": "Several processes",
}  # fmt: skip
LANGUAGES = {".cpp": "cpp", ".hpp": "cpp", ".py": "python", ".sh": "bash", ".cmake": "cmake", ".json": "json"}


def escaped(text):
    """Plain text as Markdown; what looks like code is set as code."""
    parts = re.split(r"(`[^`]+`)", text)
    for i in range(0, len(parts), 2):
        words = re.split(r"(\b[a-zA-Z]\w*_\w+(?:::\w+)*(?:\(\))?|\b[a-z]\w+\(\)|\bstd::\w+)", parts[i])
        for j in range(len(words)):
            words[j] = f"`{words[j]}`" if j % 2 else re.sub(r"([\\*_<>\[\]#|~`])", r"\\\1", words[j])
        parts[i] = "".join(words)
    return "".join(parts)


def contract_text(lines):
    """The comment of a declaration as Markdown: text, indented code, and what it throws."""
    out, block = [], []

    def close():
        if block:
            indented = block[0].startswith("    ")
            out.append(fence("\n".join(l[4:] for l in block)) if indented else escaped(" ".join(block)))
            block.clear()

    for line in lines:
        for part in re.split(r"(?=@throws)", line):
            if not part.strip():
                if not line.strip():
                    close()
                continue
            if block and (part.startswith("    ") != block[0].startswith("    ") or part.startswith("@throws")):
                close()
            block.append(part if part.startswith("    ") else part.strip())
    close()
    text = "\n\n".join(out)
    # What a contract says of one subject, in a paragraph of its own.
    text = re.sub(r"(?<=[.:)]) (Cost|Memory|Border|Result|Time|Floating point|Integer channels|Integers|Result channels|Same pixel type)"
                  r"(: | are |\. |\.$)", r"\n\n**\1**\2", text)  # fmt: skip
    return re.sub(r"@throws `?(\w+)`?", r"**Throws** `\1`", text)


def without_license(text):
    return re.sub(r"^// SPDX[^\n]*\n", "", text)


def sentence(text):
    text = text.strip()
    return (text[:1].upper() + text[1:] if re.match(r"[a-z]{2}|a ", text) else text) + ("" if text.endswith((".", "!", "?", "`")) else ".")


class Book:
    """All pages."""

    def __init__(self, executables, out):
        self.site = Site(ROOT, out)
        self.out, self.executables = out, executables
        self.publics = library.publics()
        self.programs = library.programs()
        self.costs, self.costs_said = library.costs()
        self.operations = library.catalogue(executables)
        self.jobs = []  # (page, source, text)

    def build(self):
        self.pictures()
        self.plan()
        for source, page in list(self.site.place.items()):
            if source.endswith(".md"):
                self.jobs.append((page, source, self.with_links((ROOT / source).read_text())))
        for o in self.operations:
            self.jobs.append((f"reference/{o['name']}.html", "docs/x.md", self.operation_page(o)))
        for name in self.functions:
            self.jobs.append((f"reference/{name}.html", "docs/x.md", self.function_page(name)))
        for p in self.programs.values():
            self.jobs.append((f"examples/{p.stem}.html", f"examples/docs/{p.path}.cpp", self.program_page(p)))
        self.jobs.append(("reference.html", "docs/x.md", self.reference_page()))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda job: self.site.write(*job), self.jobs))
        for source in sorted(self.site.sources):
            language = LANGUAGES.get(pathlib.Path(source).suffix, "cmake" if source.endswith("CMakeLists.txt") else "")
            self.site.write(self.site.place[source], source, f"# {source}\n\n" + fence((ROOT / source).read_text(), language))
        shutil.copy(ROOT / "docs/site/style.css", self.out)

    def pictures(self):
        folder = self.out / "pictures"
        folder.mkdir(parents=True)
        for p in self.programs.values():
            if re.search(r'#include "(chart|picture)\.hpp"', p.text):
                subprocess.run([self.executables / "docs" / p.stem, folder], check=True, stdout=subprocess.DEVNULL)
        (folder / "resampling-errors.svg").write_text(curves.drawn(curves.read(folder)))

    def plan(self):
        """What pages there are, and where."""
        site = self.site
        site.place = {"examples": "examples.html", "examples/docs": "examples.html", "examples/tools": "examples.html",
                      "README.md": "index.html", "examples/README.md": "examples.html"}  # fmt: skip
        for heading, sources in GUIDES.items():
            entries = []
            for source in sources:
                path = "index.html" if source == "README.md" else pathlib.Path(source).stem + ".html"
                site.place[source] = path
                title = re.search(r"^# (.*)", (ROOT / source).read_text(), re.MULTILINE)[1]
                entries.append((path, title.replace("`", "") if source != "README.md" else "quoin"))
            site.groups.append((heading, entries))
        for p in self.programs.values():
            site.place[f"examples/docs/{p.path}.cpp"] = f"examples/{p.stem}.html"

        names = {o["name"]: library.header_of(o["name"], self.publics) for o in self.operations}
        self.functions = []
        for p in self.programs.values():
            for name in p.names:
                found = library.contract_of(name, self.publics)
                if found and name not in names:
                    self.functions.append(name)
                    names[name] = found.header
        site.groups.append(("Reference", [("reference.html", "All operations"), ("examples.html", "Programs")]))
        self.rooms = {}
        for name, header in sorted(names.items()):
            folder = next((f for f in FOLDERS if header.startswith(f + "/")), "pipe")
            self.rooms.setdefault(FOLDERS[folder], []).append((f"reference/{name}.html", name))
        self.rooms = {title: self.rooms[title] for title in FOLDERS.values() if title in self.rooms}
        site.groups += self.rooms.items()
        self.names = names

    def with_links(self, text):
        """In cells of tables, names of operations and functions lead to their pages."""

        def cell_links(line):
            def link(m):
                stages = re.findall(r"\\\| (\w+)", m[1])
                name = next((n for n in [m[2], *reversed(stages)] if n in self.names), None)
                if name is None:
                    return m[0]
                return f"[`{m[1]}`](page:reference/{name}.html)"

            return re.sub(r"(?<!\[)`((\w+)(?:(?:[=(<]| \\\|)[^`]*)?)`(?!\])", link, line)

        out, fenced = [], False
        for line in text.split("\n"):
            fenced ^= line.lstrip().startswith("```")
            out.append(cell_links(line) if line.startswith("|") and not fenced else line)
        return "\n".join(out)

    def pair(self, name):
        """The pictures before and after, as raw HTML."""
        caption = self.out / "pictures" / f"{name}.txt"
        if not caption.exists():
            return ""
        text = caption.read_text().strip()
        before, _, after = text.partition(" | ") if re.search(r"^[^|]*\| (extend|absolute|convert_to|after)", text) else ("", "", text)
        figures = self.figure(f"{name}-before", before or "before") + self.figure(f"{name}-after", after)
        return f'<div class="pair">{figures}</div>\n\n'

    def figure(self, picture, says):
        """A picture and what it shows, as raw HTML. Small ones are enlarged; others have their own size."""
        head = (self.out / f"pictures/{picture}.png").read_bytes()[:24]
        large = ' class="large"' if int.from_bytes(head[16:20], "big") >= 360 else ""
        image = f'<img src="page:pictures/{picture}.png" alt="{picture.replace("-", " ")}">'
        return f"<figure{large}>{image}<figcaption>{html.escape(says)}</figcaption></figure>"

    def more(self, name):
        """Further pictures, and the curves of errors."""
        out = ""
        for caption in sorted((self.out / "pictures").glob(f"{name}-more-*.txt")):
            out += self.figure(caption.stem, caption.read_text().strip())
        out = f'\n## More pictures\n\n<div class="pair">{out}</div>\n' if out else ""
        if (self.out / "pictures" / f"{name}.errors.tsv").exists():
            out += "\n## Errors\n\nThe root mean square distance to exact resampling, in levels, of waves of 100 levels; "
            out += "see [Resize right](page:resizing.html).\n\n![Errors by frequency](page:pictures/resampling-errors.svg)\n"
        return out

    def cost(self, name):
        rows = self.costs.get(name)
        if not rows:
            return "Not measured.\n"
        listed = table(("Job", "ns a pixel", "Mpx/s"), [(f"`{job}`", f"{ns:.3g}", f"{1000 / ns:,.0f}") for job, ns in rows])
        return listed + "\n" + "\n".join(self.costs_said) + "\n"

    def operation_page(self, o):
        name = o["name"]
        public = library.contract_of(name, self.publics)
        program = library.program_of(name, public.header, self.programs)
        text = f"# `{name}`\n\n<p class=\"lead\">{html.escape(sentence(o['about']))}</p>\n\n" + self.pair(name)
        text += fence(f"#include <quoin/{public.header}>\n\n{public.declaration}")
        text += f"\nAs text, for `any_pipeline` and `quoin-filters --chain`: `{o['usage']}`\n"
        text += f"\n## Contract\n\n{contract_text(public.contract)}\n"
        if o["parameters"]:
            rows = [(f"`{p['name']}`", p["values"], f"`{p['preset']}`" if "preset" in p else "must be given", escaped(p["about"]))
                    for p in o["parameters"]]  # fmt: skip
            text += "\n## Parameters\n\n" + table(("Parameter", "Values", "Default", "Meaning"), rows)
        text += "\n## Pixels and rounding\n\n" + table(("", ""), [
            ("Pixels", o["pixels"]), ("Result type", o["result"]), ("Integer channels", escaped(o["rounding"])),
            ("Floating-point channels", escaped(o["floating"] or "the same")),
        ])  # fmt: skip
        text += "\n## Cost\n\n" + self.cost(name)
        text += "\n## In other libraries\n\n" + table(("Library", "Call"), [
            (title, code_first(o[key]) or "–")
            for title, key in (("OpenCV", "opencv"), ("Pillow", "pillow"), ("scikit-image, NumPy, SciPy", "scikit_image"))
        ])  # fmt: skip
        return text + self.more(name) + self.example(program)

    def example(self, program):
        if not program:
            return ""
        link = f"page:examples/{program.stem}.html"
        return f"\n## Example\n\n[{program.path}.cpp]({link}), which is a test, too:\n\n" + fence(without_license(program.text))

    def function_page(self, name):
        public = library.contract_of(name, self.publics)
        program = library.program_of(name, public.header, self.programs)
        all_of_name = [p for p in self.publics if p.name == name and p.header == public.header]
        text = f"# `{name}`\n\n" + self.pair(name)
        text += f"Header: `quoin/{public.header}`\n"
        for p in [public, *(p for p in all_of_name if p.contract != public.contract)]:
            text += "\n" + fence(p.declaration) + f"\n{contract_text(p.contract)}\n"
        beside = [p for p in self.publics if p.header == public.header and p.name and p.name not in self.names]
        if beside:
            text += "\n## In the same header\n"
            for p in beside:
                text += f"\n### `{p.name}`\n\n" + fence(p.declaration) + f"\n{contract_text(p.contract)}\n"
        if name in self.costs:
            text += "\n## Cost\n\n" + self.cost(name)
        return text + self.more(name) + self.example(program)

    def program_page(self, program):
        text = f"# {program.stem}\n\n{sentence(escaped(program.about))}\n\n"
        for name in [*program.names, program.stem]:
            if (self.out / "pictures" / f"{name}.txt").exists():
                text += self.pair(name)
                if name in self.names:
                    text += f'<p>More: <a href="page:reference/{name}.html"><code>{name}</code></a></p>\n\n'
                if name == program.stem:
                    break
        return text + fence(without_license(program.text))

    def reference_page(self):
        text = "# Operations and functions\n\nEach page has the contract, an example and, where there is one, a picture.\n"
        for title, entries in self.rooms.items():
            cards = ""
            for path, name in entries:
                picture = self.out / "pictures" / f"{name}-after.png"
                image = f'<img src="page:pictures/{name}-after.png" alt="">' if picture.exists() else ""
                cards += f'<li><a href="page:{path}">{image}<code>{name}</code></a></li>'
            text += f'\n## {title}\n\n<ul class="cards">{cards}</ul>\n'
        return text


def main(arguments):
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    executables, out = map(pathlib.Path, arguments)
    needed = [executables / "quoin-filters", *(executables / "docs" / p.stem for p in library.programs().values())]
    missing = [str(p) for p in needed if not p.exists()] + ([] if shutil.which("pandoc") else ["pandoc"])
    if missing:
        print(f"SKIPPED: there is no {', '.join(missing)}")
        return 77
    if out.exists():
        if any(out.iterdir()) and not (out / "style.css").exists():
            print(f"build.py: {out} holds something else; name another folder", file=sys.stderr)
            return 1
        shutil.rmtree(out)
    book = Book(executables.resolve(), out)
    book.build()
    pages = list(out.glob("**/*.html"))
    pictures = list((out / "pictures").glob("*.*"))
    print(f"{len(pages)} pages, {len(pictures)} pictures of {sum(p.stat().st_size for p in pictures) / 1e6:.1f} MB in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
