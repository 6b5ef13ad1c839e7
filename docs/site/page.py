# SPDX-License-Identifier: BSL-1.0
"""A page: Markdown becomes HTML by pandoc, links become those of the pages, and navigation stands beside it."""
import html
import pathlib
import posixpath
import re
import subprocess

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{up}style.css">
</head>
<body>
<input type="checkbox" id="menu" aria-label="Show the list of pages">
<header><a href="{up}index.html">quoin</a><span>fused image pipelines and exact rectangles in C++20</span><label for="menu">Pages</label></header>
<div class="columns">
<nav aria-label="Pages">
{nav}
</nav>
<main>
{body}
</main>
{contents}
</div>
</body>
</html>
"""


def from_markdown(text):
    """HTML with highlighted code; tables scroll. What tests/docs/code.py reads in comments is left out."""
    text = re.sub(r"^<!-- (names|file|program|table|end of table).*?-->\n", "", text, flags=re.DOTALL | re.MULTILINE)
    done = subprocess.run(["pandoc", "-f", "gfm", "-t", "html", "--wrap=none"], input=text, check=True, capture_output=True,
                          text=True)  # fmt: skip
    out = re.sub(r'<a href="#cb[^"]*" aria-hidden="true" tabindex="-1"></a>', "", done.stdout)
    out = re.sub(r'<span id="cb[^"]*">', "<span>", out)
    out = re.sub(r'<div class="sourceCode" id="cb[^"]*">', '<div class="sourceCode">', out)
    out = re.sub(r"<colgroup>.*?</colgroup>\n?|(?<=<table) style=\"[^\"]*\"", "", out, flags=re.DOTALL)
    out = re.sub(r"(<table.*?</table>)", r'<div class="scroll">\1</div>', out, flags=re.DOTALL)
    # A long expression in a cell may be broken, a short one is not.
    return re.sub(r"<td>(.*?)</td>", long_code, out, flags=re.DOTALL)


def long_code(cell):
    return re.sub(r"<code>([^<]{36,})</code>", r'<code class="long">\1</code>', cell[0])


class Site:
    """The pages by their paths below the folder of the output, and where files of the repository are shown."""

    def __init__(self, root, out):
        self.root, self.out = root, out
        self.groups = []  # (heading, [(path, label)])
        self.place = {}  # of files of the repository: the page
        self.sources = set()  # files that a page links and that are shown as they are

    def relative(self, page, target):
        return posixpath.relpath(target, posixpath.dirname(page) or ".")

    def resolved(self, page, source, link):
        """A link of a file of the repository, as one of the page that shows it; page: stands before paths of pages."""
        if link.startswith("page:"):
            return self.relative(page, link.removeprefix("page:"))
        path, mark, anchor = link.partition("#")
        if re.match(r"[a-z]+:|//", link) or not path:
            return link
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if target.startswith("docs/pictures/"):
            return self.relative(page, target.removeprefix("docs/"))
        if target not in self.place and (self.root / target).is_file():
            if pathlib.Path(target).suffix in (".png", ".svg"):
                self.place[target] = "pictures/" + posixpath.basename(target)
                (self.out / "pictures").mkdir(parents=True, exist_ok=True)
                (self.out / self.place[target]).write_bytes((self.root / target).read_bytes())
            else:
                self.place[target] = f"source/{target}.html"
                self.sources.add(target)
        if target not in self.place:
            raise ValueError(f"{source}: there is no page for the link {link}")
        return self.relative(page, self.place[target]) + mark + anchor

    def nav(self, page):
        parts = []
        for heading, entries in self.groups:
            items = "".join(
                f'<li><a href="{self.relative(page, path)}"{" class=here" if path == page else ""}>{html.escape(label)}</a></li>'
                for path, label in entries
            )
            parts.append(f"<section><h2>{html.escape(heading)}</h2><ul>{items}</ul></section>")
        return "\n".join(parts)

    def write(self, page, source, markdown):
        """Writes a page of Markdown text, whose links are those of the file `source`."""
        body = from_markdown(markdown)
        body = re.sub(r'(<(?:a|img)[^>]* (?:href|src)=")([^"]*)(")',
                      lambda m: m[1] + html.escape(self.resolved(page, source, html.unescape(m[2]))) + m[3], body)  # fmt: skip
        body = re.sub(r"<img(?![^>]*alt=)", '<img alt=""', body)
        title = re.sub(r"<[^>]+>", "", (re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL) or ["", "quoin"])[1]).strip()
        heads = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', body, re.DOTALL)
        contents = ""
        if len(heads) > 2:
            links = "".join(f'<a href="#{i}">{re.sub(r"<[^>]+>", "", text)}</a>' for i, text in heads)
            contents = f'<aside class="contents"><b>On this page</b>{links}</aside>'
        path = self.out / page
        path.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * page.count("/")
        full = title if page == "index.html" else f"{title} – quoin"
        path.write_text(SHELL.format(title=full, up=up, nav=self.nav(page), body=body, contents=contents))


def fence(text, language="cpp"):
    """A code block of Markdown."""
    ticks = "`" * max(3, 1 + max((len(t) for t in re.findall(r"`+", text)), default=0))
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}\n"
