"""Rows as they arrive, packed: some 70 bytes each, where a dict takes 1.7 kB. A run may have tens of millions."""

from collections.abc import Mapping
from struct import Struct, error

from veracity_bench.reports.measurements.columns import COLUMNS, DEFAULTS
from veracity_bench.reports.measurements.errors import RecordsError

FORMATS = {"string": "i", "int64": "q", "double": "d"}  # of struct and of numpy alike; a text is the number of a word
_ROW = Struct("=" + "".join(FORMATS[kind] for kind in COLUMNS.values()))


class PackedRows:
    """Rows of the schema's columns and types: ``content`` holds them one after the other, ``words`` their texts."""

    def __init__(self) -> None:
        self.content = bytearray()
        self.words: dict[str, int] = {}

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.content) // _ROW.size

    def add(self, row: Mapping[str, object]) -> None:
        """Add a plain row, which may leave out what has a default.

        Raises RecordsError where a column is missing, unknown or of the wrong type.
        """
        complete = {**DEFAULTS, **row}
        if unknown := sorted(complete.keys() - COLUMNS.keys()):
            raise RecordsError(f"Records have no column {unknown[0]!r}.")
        if missing := [name for name in COLUMNS if complete.get(name) is None]:
            raise RecordsError(f"A record lacks {missing[0]!r}.")
        try:
            numbers = [
                self._number(complete[name]) if COLUMNS[name] == "string" else complete[name] for name in COLUMNS
            ]
            self.content += _ROW.pack(*numbers)
        except (error, OverflowError, TypeError, UnicodeEncodeError) as reason:
            raise RecordsError(f"A record has a value of the wrong type: {reason}.") from reason

    def _number(self, text: object) -> int:
        if not isinstance(text, str):
            raise TypeError(f"{text!r} is no text")
        if text not in self.words:
            text.encode()  # what is no unicode could not be written
            self.words[text] = len(self.words)
        return self.words[text]
