"""A hook of mkdocs: links from notebooks to pages lead to what the site makes of these, as those of pages do."""

import re
from pathlib import PurePosixPath
from posixpath import normpath

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

LINK = re.compile(r'href="(?!https?:)([^"#]+\.(?:md|ipynb))(#[^"]*)?"')


def on_page_content(html: str, page: Page, files: Files, **others: object) -> str:
    """Rewrite the links of a notebook; raise PluginError for one that leads nowhere."""
    place = PurePosixPath(page.file.src_uri)
    if place.suffix != ".ipynb":
        return html

    def linked(found: re.Match[str]) -> str:
        target = files.get_file_from_path(normpath(str(place.parent / found[1])))
        if target is None:
            raise PluginError(f"{place} links {found[1]}, which there is not.")
        return f'href="{target.url_relative_to(page.file)}{found[2] or ""}"'

    return LINK.sub(linked, html)
