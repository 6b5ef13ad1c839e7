# SPDX-License-Identifier: BSL-1.0
"""The parts of which the report's page is made: sections, figures, tables, legends."""

import html
import pathlib

STYLE = pathlib.Path(__file__).with_name("style.css")


def escape(text):
    return html.escape(str(text))


def paragraph(text, klass=None):
    return f'<p class="{klass}">{text}</p>' if klass else f"<p>{text}</p>"


def bullets(texts):
    return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"


def section(anchor, title, *parts):
    return f'<section id="{anchor}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def legend(entries):
    """entries: (class, name)"""
    keys = "".join(f'<span class="{klass}"><i></i><span>{escape(name)}</span></span>' for klass, name in entries)
    return f'<div class="legend">{keys}</div>'


def figure(content, caption, key=""):
    return f"<figure>{key}{content}<figcaption>{caption}</figcaption></figure>"


def panels(plots):
    """plots: (title, svg)"""
    return '<div class="panels">' + "".join(f"<div><h3>{escape(t)}</h3>{s}</div>" for t, s in plots) + "</div>"


def tile(value, unit, text):
    return f'<div class="tile"><b>{escape(value)} <small>{escape(unit)}</small></b><span>{escape(text)}</span></div>'


def tiles(entries):
    return '<div class="tiles">' + "".join(tile(*entry) for entry in entries) + "</div>"


def details(title, *parts, opened=False):
    return f'<details{" open" if opened else ""}><summary>{escape(title)}</summary>{"".join(parts)}</details>'


def table(heads, rows, left=1, wide=()):
    """rows of cells; a cell is text, or (text, class). The first `left` columns are set to the left; those of `wide`
    too, and they are broken into lines. A row that starts a new group differs from the one above in its first cell."""

    def kind(i):
        return "w l" if i in wide else "l" if i < left else ""

    def cell(i, content):
        text, klass = content if isinstance(content, tuple) else (content, "")
        return f'<td class="{f"{kind(i)} {klass}".strip()}">{escape(text)}</td>'

    head = "".join(f'<th class="{"l" if kind(i) else ""}">{escape(h)}</th>' for i, h in enumerate(heads))
    body, previous = [], None
    for row in rows:
        first = ' class="first"' if row[0] != previous else ""
        previous = row[0]
        body.append(f"<tr{first}>" + "".join(cell(i, c) for i, c in enumerate(row)) + "</tr>")
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table></div>'


def page(title, head, sections):
    """sections: (anchor, title, html)"""
    links = "".join(f'<a href="#{anchor}">{escape(name)}</a>' for anchor, name, _ in sections)
    content = "".join(section(anchor, name, body) for anchor, name, body in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main><header><h1>{escape(title)}</h1>"
        f"{head}<nav>{links}</nav></header>\n{content}</main></body></html>\n"
    )
