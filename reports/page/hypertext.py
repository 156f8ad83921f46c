"""HTML from the cells and the texts of the board, which are written in a little markdown; all else is escaped."""

import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # a backslash before punctuation, as in markdown


def inline(text: str) -> str:
    """Turn ``**strong**``, ``*emphasis*`` and code between backticks into elements; what a backslash escapes stays."""
    plain = ESCAPED.sub(lambda found: f"\0{ord(found[1])};", text)
    code = re.sub(r"`(.+?)`", r"<code>\1</code>", escape(plain))
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", code)
    emphasis = re.sub(r"\*(.+?)\*", r"<em>\1</em>", strong)
    return re.sub(r"\0(\d+);", lambda found: escape(chr(int(found[1]))), emphasis)


def prose(markdown: str) -> str:
    """Turn paragraphs and lists, with a blank line between, into elements."""
    return "\n".join(map(_block, markdown.strip().split("\n\n")))


def _block(markdown: str) -> str:
    if not markdown.startswith("- "):
        return f"<p>{inline(markdown)}</p>"
    items = (f"<li>{inline(item)}</li>" for item in markdown.removeprefix("- ").split("\n- "))
    return f"<ul>{''.join(items)}</ul>"


def sortable(headers: Sequence[str], fixed: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out cells of markdown; each header is a button that sorts all rows but the fixed one below it."""
    buttons = "".join(f'<th scope="col"><button type="button">{escape(header)}</button></th>' for header in headers)
    body = "\n".join(map(_row, rows))
    return f'<table class="sortable">\n<thead><tr>{buttons}</tr>\n{_row(fixed)}</thead>\n<tbody>{body}</tbody></table>'


def _row(cells: Sequence[str]) -> str:
    name, *others = map(inline, cells)
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{other}</td>" for other in others)}</tr>'


def data_uri(kind: str, content: bytes) -> str:
    """Return content as an address that needs no network; ``kind`` is its media type."""
    return f"data:{kind};base64,{b64encode(content).decode()}"
