# SPDX-License-Identifier: BSL-1.0
"""What the pages say of the library: the public names of the headers with their contracts, the short programs, the catalogue,
and measured costs."""
import dataclasses
import functools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cmake"))
sys.dont_write_bytecode = True

from umbrellas import INTERNAL  # noqa: E402

COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)


@dataclasses.dataclass
class Public:
    """A name that a header declares, with the comment in front of it."""

    name: str
    header: str
    contract: list  # the lines of the comment
    declaration: str


@dataclasses.dataclass
class Program:
    """A short program: its path below examples/docs without suffix, what its head says, its text."""

    path: str
    names: list  # those in front of the colon of its head; empty where these are no names
    about: str
    text: str

    @property
    def stem(self):
        return self.path.rpartition("/")[2]


@functools.cache  # the checks read the same headers several times
def without_detail(text):
    """The text with what is in namespace detail as blanks; places stay."""
    blank = COMMENT_OR_STRING.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    out = text
    for begin in re.finditer(r"\bnamespace detail(::\w+)*\s*\{", blank):
        depth, end = 1, begin.end()
        while depth > 0 and end < len(blank):
            depth += {"{": 1, "}": -1}.get(blank[end], 0)
            end += 1
        out = out[: begin.start()] + re.sub(r"[^\n]", " ", out[begin.start() : end]) + out[end:]
    return out


def named_by(declaration):
    """The name that a declaration declares: of a stage's type the stage's."""
    text = re.sub(r"\btemplate <[^;{]*?>(?=\n|\s*(class|struct|using|inline|constexpr))", " ", declaration)
    text = re.sub(r"\n\s+requires\b[^\n]*", " ", text)
    head = text.partition("{")[0]
    if m := re.search(r"\b(?:class|struct|enum class) (\w+)|\bconcept (\w+)|\busing (\w+) =|\bconstexpr [\w:]+(?:<[^>]*>)? (\w+)$", head):
        return re.sub(r"_fn$", "", next(filter(None, m.groups())))
    m = re.search(r"\b(\w+)\(", head)
    return m[1] if m else ""


def shown(lines):
    """What a page shows of a declaration: of a short type all, of a function its head."""
    text = "\n".join(lines)
    head = re.split(r"\s*[{;]\s*$", text, maxsplit=1, flags=re.MULTILINE)[0] if "{" in text else text
    is_type = re.match(r"(template <.*>\n)?(\s+requires .*\n)?(class|struct|enum class) \w+", text)
    if is_type and not re.search(r"_fn\b", is_type[0]) and len(lines) <= 30 and "private:" not in text:
        return text
    if m := re.search(r"^inline constexpr \w+_fn \w+\{\};", text, re.MULTILINE):
        return m[0]
    head = re.sub(r"\) : .*", ")", head, flags=re.DOTALL)
    head = re.sub(r"( : | final|: public ).*$", "", head) if is_type else head
    return head.rstrip(" {;") + ";"


def declaration_behind(lines, start):
    """The lines of the declarations that follow a comment, up to an empty line at depth 0 or the next comment."""
    taken, depth = [], 0
    for line in lines[start:]:
        if depth == 0 and (not line.strip() or line.startswith("///")):
            break
        taken.append(line)
        bare = COMMENT_OR_STRING.sub("", line)
        depth += bare.count("{") - bare.count("}")
    return taken


def publics(root=ROOT):
    """All public names in the order of headers and lines, with their contracts."""
    found = []
    base = root / "include/quoin"
    for path in sorted(base.glob("**/*.hpp")):
        header = path.relative_to(base).as_posix()
        if INTERNAL.search(header):
            continue
        lines = without_detail(path.read_text()).split("\n")
        i = 0
        while i < len(lines):
            if not lines[i].startswith("///"):
                i += 1
                continue
            comment = []
            while i < len(lines) and lines[i].startswith("///"):
                comment.append(lines[i][3:].removeprefix(" "))
                i += 1
            taken = declaration_behind(lines, i)
            if not taken:
                continue
            name = named_by("\n".join(taken))
            parts, part, depth = [], [], 0
            for line in taken:  # several functions under one comment
                part.append(line)
                bare = COMMENT_OR_STRING.sub("", line)
                depth += bare.count("{") - bare.count("}")
                if depth == 0 and re.search(r"[;}]\s*$", bare):
                    parts.append(part)
                    part = []
            # A stage that is an object: its type has the comment, the object the name.
            stage = next((shown(p) for p in parts if re.match(r"inline constexpr \w+_fn ", p[0])), None)
            declaration = stage or "\n".join(shown(p) for p in parts or [taken])
            found.append(Public(name, header, comment, declaration))
            i += len(taken)
    return found


def with_maker(p, root=ROOT):
    """Of a stage that a function makes, whose contract stands in front of its class: the function, and what its constructor
    throws."""
    text = (root / "include/quoin" / p.header).read_text()
    made = re.findall(rf"^(?:template <.*>\n)?(?: +requires.*\n)?(?:QUOIN_FN|constexpr) \w+ (?:adjust_)?{p.name}\([^{{;]*?\)(?= \{{)", text, re.MULTILINE)
    if not made or not p.declaration.startswith("class "):
        return p
    throws = re.findall(r"^    /// ?(@throws(?:.|\n    ///)*)", text, re.MULTILINE)
    more = [line.strip().removeprefix("///").strip() for t in throws[:1] for line in t.split("\n")]
    return dataclasses.replace(p, declaration="\n".join(m + ";" for m in made), contract=[*p.contract, *more])


def contract_of(name, found):
    """The contract of a stage or function: not that of the closure that it returns."""
    of_name = [p for p in found if p.name == name and not re.match(r"The (closure|stage) made by", p.contract[0])]
    functions = [p for p in of_name if not re.match(r"(template <.*>\n)?(class|struct) ", p.declaration)]
    return functions[0] if functions else with_maker(of_name[0]) if of_name else None


def programs(root=ROOT):
    """The short programs, by their paths."""
    found = {}
    base = root / "examples/docs"
    for path in sorted(base.glob("**/*.cpp")):
        name = path.relative_to(base).with_suffix("").as_posix()
        if name.startswith("dispatch/") or name in ("chart", "picture"):
            continue
        text = path.read_text()
        head = []
        for line in text.split("\n")[1:]:
            if not line.startswith("//"):
                break
            head.append(line[2:].removeprefix(" "))
        about = " ".join(head)
        names, _, rest = about.partition(": ")
        names = names.split(", ")
        if all(re.fullmatch(r"[a-z_0-9]+", n) for n in names):
            found[name] = Program(name, names, rest, text)
        else:
            found[name] = Program(name, [], about, text)
    return found


def program_of(name, header, all_programs):
    """The program that shows a name: that of its header's path, one of its name, one that lists it."""
    if header and (p := all_programs.get(header.removesuffix(".hpp"))):
        return p
    listing = [p for p in all_programs.values() if name in p.names]
    return next((p for p in listing if p.stem == name), listing[0] if listing else None)


def catalogue(executables):
    answer = subprocess.run([executables / "quoin-filters", "--list=json"], check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)["operations"]


def markdown_files(root=ROOT):
    """The pages that are written by hand."""
    return sorted(p for pattern in ("README.md", "docs/*.md", "examples/*.md") for p in root.glob(pattern))


def code_first(text):
    """A call, and behind the first comma outside of brackets what is to be said of it."""
    depth = 0
    for end, c in enumerate(text + ","):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            break
    prose = re.match(r"the |[\w:.]+ of ", text)
    return text if prose or not text else f"`{text[:end]}`{text[end:]}"


def cell(text):
    return text.replace("|", r"\|")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("|" + "|".join(f" {cell(c)} " if c != "---" else c for c in line) + "|\n" for line in lines)


def header_of(operation, found, root=ROOT):
    """The header of an operation: the one that has its contract, not that of the entry."""
    p = contract_of(operation, found)
    return p.header if p else ""


def costs(root=ROOT):
    """The measured costs: by name the rows (job, ns a pixel), and the lines that say how they were measured."""
    rows, said = {}, []
    for line in (root / "docs/costs.tsv").read_text().splitlines():
        if line.startswith("#"):
            said.append(line[1:].strip())
        elif line:
            name, job, ns = line.split("\t")
            rows.setdefault(name, []).append((job, float(ns)))
    return rows, said
