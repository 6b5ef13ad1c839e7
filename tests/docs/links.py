#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks that links lead somewhere: links.py ROOT, links.py --pages FOLDER

The first takes the Markdown files of the repository, the second built pages: every relative link, anchor and picture must be
there, and pages must not load anything from elsewhere. Names what is wrong; the exit status is 1 where something is.
"""
import html.parser
import pathlib
import re
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs/site"))
sys.dont_write_bytecode = True

from library import markdown_files  # noqa: E402


def without_code(text):
    """The text with code as blanks; lines stay."""
    text = re.sub(r"^( *)(`{3,})[^\n]*\n.*?^\1\2$", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)


def anchors(text):
    """Those that headings have on forges and in the pages."""
    found = set()
    bare = re.sub(r"^( *)(`{3,})[^\n]*\n.*?^\1\2$", "", text, flags=re.DOTALL | re.MULTILINE)
    for heading in re.findall(r"^#+ (.*)", bare, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).strip().replace(" ", "-")
        number = 1
        unique = slug
        while unique in found:
            unique = f"{slug}-{number}"
            number += 1
        found.add(unique)
    return found


def check_markdown(root):
    for path in markdown_files(root):
        text = path.read_text()
        bare = without_code(text)
        for m in re.finditer(r"\]\(([^)\s]+)\)", bare):
            place = f"{path.relative_to(root)}:{bare.count(chr(10), 0, m.start()) + 1}"
            if re.match(r"[a-z]+:", m[1]):
                continue
            name, _, anchor = m[1].partition("#")
            target = path.parent / urllib.parse.unquote(name) if name else path
            if not target.exists():
                yield f"{place}: {m[1]}: there is no such file"
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
                yield f"{place}: {m[1]}: there is no such heading"


class Links(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.without_alt = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "id" in a:
            self.ids.add(a["id"])
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        for key in {"img": ["src"], "link": ["href"], "script": ["src"]}.get(tag, []):
            if key in a:
                self.loads.append(a[key])
        if tag == "img" and "alt" not in a:
            self.without_alt.append(a.get("src"))


def check_pages(folder):
    pages = {p: Links(p.read_text()) for p in sorted(folder.glob("**/*.html"))}
    files = {}  # by folder and link, since the pages of a folder have most of their links in common
    if not pages:
        yield f"{folder}: there are no pages"
    for path, page in pages.items():
        name = path.relative_to(folder)
        for link in page.loads:
            if re.match(r"[a-z]+:|//", link):
                yield f"{name}: loads {link}"
            elif not (path.parent / urllib.parse.unquote(link)).is_file():
                yield f"{name}: {link}: there is no such file"
        for src in page.without_alt:
            yield f"{name}: {src} has no alternative text"
        for link in page.links:
            if re.match(r"[a-z]+:|//", link):
                continue
            target, _, anchor = link.partition("#")
            if (key := (path.parent, target)) not in files:
                file = (path.parent / urllib.parse.unquote(target)).resolve()
                files[key] = file if file in pages or file.is_file() else None
            file = files[key] if target else path
            if file is None:
                yield f"{name}: {link}: there is no such page"
            elif anchor and urllib.parse.unquote(anchor) not in pages[file].ids:
                yield f"{name}: {link}: there is no such anchor"


def main(arguments):
    pages = arguments[:1] == ["--pages"]
    if len(arguments) != 1 + pages:
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[-1]).resolve()
    if pages and not folder.exists():
        print("SKIPPED: the pages have not been built")
        return 77
    wrong = list((check_pages if pages else check_markdown)(folder))
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
