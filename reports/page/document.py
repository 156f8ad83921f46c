"""A page as one file: the sections of a template that lies beside this file, in a shell with style and scripts inlined.

The content security policy admits these very scripts and data URIs, nothing else.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
IMAGES, SOUND_FILES = "img-src data:", "media-src data:"


def document(
    template: str,
    scripts: Iterable[str],
    title: str,
    navigation: Mapping[str, str],
    source: str,
    admitted: Iterable[str] = (IMAGES,),
    **parts: str,
) -> str:
    """Fill a template; ``title`` is escaped, its parts and the ``source`` at the end are HTML.

    ``navigation`` is what its sections are called, by their ids, ``admitted`` is the media that it holds.
    """
    script = "\n".join(map(_beside, scripts))
    return fill(
        "shell.html",
        title=escape(title),
        admitted="; ".join(admitted),
        navigation="\n".join(f'<a href="#{section}">{name}</a>' for section, name in navigation.items()),
        sections=fill(template, **parts).removesuffix("\n"),
        source=source,
        style=_beside("page.css"),
        script=script,
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
    )


def fill(template: str, **parts: str) -> str:
    """Fill a template with parts that are HTML."""
    return Template(_beside(template)).substitute(parts)


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
