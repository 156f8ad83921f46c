"""A page as one file: a template that lies beside this file, filled, with the style and the scripts inlined.

The content security policy admits these very scripts and data URIs, nothing else.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent


def document(template: str, scripts: Iterable[str], title: str, **parts: str) -> str:
    """Fill a template; ``title`` is escaped, the other parts are HTML."""
    script = "\n".join(map(_beside, scripts))
    return fill(
        template,
        title=escape(title),
        style=_beside("page.css"),
        script=script,
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        **parts,
    )


def fill(template: str, **parts: str) -> str:
    """Fill a template with parts that are HTML."""
    return Template(_beside(template)).substitute(parts)


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
