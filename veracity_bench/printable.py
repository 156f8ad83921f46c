"""Names and texts of others, made fit to be shown: no character of theirs steers a terminal or turns what is around."""

import re

# Control characters but line ends and tabs, what changes the direction of text, line separators, lone surrogates.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return the text with the code of each such character in its place, as Python writes it."""
    return STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
