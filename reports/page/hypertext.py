"""HTML from the cells and the texts of the board, which are written in a little markdown; all else is escaped."""

import re
from base64 import b64encode
from collections.abc import Collection, Sequence
from html import escape

INNER, OUTER = "\n  - ", "\n- "  # the marks of items of a list within a list, and of a list
CELLS = re.compile(r"(?<!\\)\|")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # a backslash before punctuation, as in markdown


def inline(text: str) -> str:
    """Turn ``**strong**``, ``*emphasis*`` and code between backticks into elements; what a backslash escapes stays."""
    plain = ESCAPED.sub(lambda found: f"\0{ord(found[1])};", text)
    code = re.sub(r"`(.+?)`", r"<code>\1</code>", escape(plain))
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", code)
    emphasis = re.sub(r"\*(.+?)\*", r"<em>\1</em>", strong)
    return re.sub(r"\0(\d+);", lambda found: escape(chr(int(found[1]))), emphasis)


def prose(markdown: str) -> str:
    """Turn headings, paragraphs, lists with lists in them and tables, with a blank line between, into elements."""
    return "\n".join(map(_block, markdown.strip().split("\n\n")))


def _block(markdown: str) -> str:
    if markdown.startswith("|"):
        return _table(markdown.split("\n"))
    if markdown.startswith("### "):
        return f"<h4>{inline(markdown.removeprefix('### '))}</h4>"
    return _list(markdown) if markdown.startswith("- ") else f"<p>{inline(markdown)}</p>"


def _list(markdown: str) -> str:
    items = []
    for item in markdown.removeprefix("- ").split("\n- "):
        text, _, inner = item.partition("\n  - ")
        items.append(f"<li>{inline(text)}{_list(inner.replace(INNER, OUTER)) if inner else ''}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _table(lines: Sequence[str]) -> str:
    """Lay out a table of markdown in a frame of its own, which scrolls."""
    headers, marks, *rows = ([cell.strip() for cell in CELLS.split(line.strip("|"))] for line in lines)
    texts = {place for place, mark in enumerate(marks) if place and not mark.endswith(":")}
    heads = (f'<th scope="col"{_class(place in texts)}>{inline(header)}</th>' for place, header in enumerate(headers))
    head = "".join(heads)
    body = "\n".join(_row(row, texts) for row in rows)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Table">{table}</div>'


def sortable(
    headers: Sequence[str], fixed: Sequence[str], rows: Sequence[Sequence[str]], texts: Collection[int] = ()
) -> str:
    """Lay out cells of markdown, those in the columns ``texts`` as text.

    Each header is a button that sorts all rows but the fixed one below it.
    """
    buttons = "".join(
        f'<th scope="col"{_class(place in texts)}><button type="button">{escape(header)}</button></th>'
        for place, header in enumerate(headers)
    )
    body = "\n".join(_row(row, texts) for row in rows)
    head = f"<thead><tr>{buttons}</tr>\n{_row(fixed, texts)}</thead>"
    return f'<table class="sortable">\n{head}\n<tbody>{body}</tbody></table>'


def _row(cells: Sequence[str], texts: Collection[int] = ()) -> str:
    name, *others = map(inline, cells)
    body = "".join(f"<td{_class(place in texts)}>{other}</td>" for place, other in enumerate(others, 1))
    return f'<tr><th scope="row">{name}</th>{body}</tr>'


def _class(words: bool) -> str:
    return ' class="words"' if words else ""


def data_uri(kind: str, content: bytes) -> str:
    """Return content as an address that needs no network; ``kind`` is its media type."""
    return f"data:{kind};base64,{b64encode(content).decode()}"
