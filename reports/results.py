"""The results in documents: written from published records, so that nobody types a number in them.

What stands between ``<!-- results: PART RUN -->`` and ``<!-- end -->`` is the part named, of the run in
``reports/published/RUN`` beside or above the file; ``across-runs`` takes several, the first of which the others are
compared with. ``veracity-bench results README.md`` writes all parts again.
"""

import argparse
import re
from functools import cache
from pathlib import Path

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.parts import OF_SEVERAL, PARTS

OPEN, END = "<!-- results: ", "<!-- end -->"
PART = re.compile(rf"({OPEN}(.*?) -->)\n.*?({END})", re.DOTALL)
PUBLISHED = Path("reports", "published")
CRLF = "\r\n"  # ends the lines of a document that was written on Windows, which keeps them


def rewrite(text: str, published: Path) -> str:
    """Return the text with every part written again; raises RecordsError for a part or a run that there is not."""
    runs, known = cache(read_run), (*PARTS, *OF_SEVERAL)

    def write(found: re.Match[str]) -> str:
        opening, named, end = found.groups()
        part, *names = named.split() or [""]
        if part not in known:
            raise RecordsError(f"There is no part {part!r} of results; there are {', '.join(known)}.")
        if not names or (len(names) > 1 and part in PARTS):
            raise RecordsError(f"The part of results {named!r} names {len(names)} runs.")
        own = {name: runs(published / name) for name in names}
        body = OF_SEVERAL[part](own) if part in OF_SEVERAL else PARTS[part](*own[names[0]])
        return f"{opening}\n\n{body}\n\n{end}"

    if len(PART.findall(text)) != text.count(OPEN):
        raise RecordsError(f"A part of results lacks its {END}.")
    return PART.sub(write, text)


def main(arguments: list[str] | None = None) -> None:
    """Write the results in documents again from published records."""
    parser = argparse.ArgumentParser(prog="veracity-bench results", description=main.__doc__)
    about = "a document to rewrite; its runs are in reports/published beside it or above"
    parser.add_argument("documents", type=Path, nargs="+", metavar="FILE", help=about)
    parser.add_argument("--check", action="store_true", help="change nothing, and fail where something would change")
    options = parser.parse_args(arguments)
    for document in options.documents:
        try:
            _renew(document, options.check)
        except (OSError, RecordsError) as error:
            raise SystemExit(str(error)) from error
        except UnicodeDecodeError as error:
            raise SystemExit(f"{document} is no text in UTF-8: {error}.") from error


def _renew(document: Path, check: bool) -> None:
    own = document.read_bytes().decode("utf-8")
    text = own.replace(CRLF, "\n")
    renewed = rewrite(text, _published(document))
    if check and renewed != text:
        raise RecordsError(f"{document} is not what veracity-bench results {document} writes.")
    if not check:
        replace(document, (renewed.replace("\n", CRLF) if CRLF in own else renewed).encode())


def _published(document: Path) -> Path:
    """Return the folder of published runs, beside the document or in the nearest folder above that has one."""
    folders = [folder / PUBLISHED for folder in document.resolve().parents]
    return next((folder for folder in folders if folder.is_dir()), folders[0])
