"""Records: what a run of the benchmark has measured, one number per row, and the two files that keep it.

The columns are those of columns.py, the metrics those that the sections of the board declare; `veracity-bench schema`
writes both into docs/records.md. Only a failure may lack its coordinates (""): a process that died cannot state what it
was measuring.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from veracity_bench.reports.measurements.categories import TEXTS, categorical, in_order, joined, repeats
from veracity_bench.reports.measurements.columns import (
    ATTACKS,
    COLUMNS,
    DRAWING,
    FAILED,
    MAX_SEGMENTS,
    PLACELESS,
    UNMEASURED,
)
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.manifest import read_manifest, write_manifest
from veracity_bench.reports.measurements.metrics import check_records
from veracity_bench.reports.measurements.packed_rows import FORMATS, PackedRows

SCHEMA_VERSION = "3"
RECORDS = "records.parquet"
ROW_GROUP = 2**20

_VERSION_KEY = b"veracity_bench.schema_version"
_SCHEMA = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()])
_READ = pa.schema(
    [(field.name, pa.dictionary(pa.int32(), field.type) if field.name in TEXTS else field.type) for field in _SCHEMA]
)
_PACKED = np.dtype([(name, FORMATS[kind]) for name, kind in COLUMNS.items()])
_ORDER = [*(name for name in COLUMNS if name != "value"), "value"]


def table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Make a valid table of plain rows, which may leave out what has a default.

    Raises RecordsError where a column is missing, unknown or of the wrong type, for a metric that no section declares,
    and where a value or its k is out of the metric's range.
    """
    packed = PackedRows()
    for row in rows:
        packed.add(row)
    return canonical(unpacked(packed))


def unpacked(rows: PackedRows) -> pd.DataFrame:
    """Return the rows in the order in which they came, columns of text as categoricals."""
    values, words = np.frombuffer(rows.content, _PACKED), list(rows.words)
    return pd.DataFrame(
        {name: _texts(values[name], words) if name in TEXTS else values[name].copy() for name in COLUMNS}
    )


def _texts(numbers: npt.NDArray[np.int32], words: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(numbers, pd.Index(words, dtype=str)).remove_unused_categories()


def canonical(records: pd.DataFrame) -> pd.DataFrame:
    """Check the records against the schema; return its columns, with the rows in an order that no run can change.

    Columns of text are categoricals, whose categories are in order: a hundredth of the memory, and of the time.
    """
    if missing := [name for name in COLUMNS if name not in records]:
        raise RecordsError(f"The records lack the column {missing[0]!r}.")
    records = categorical(records[list(COLUMNS)])
    failed = records["metric"] == FAILED
    placeless = failed | records["experiment"].isin(PLACELESS)
    allowed = (*ATTACKS, DRAWING)
    known = records["attack"].isin(allowed) | (placeless & (records["attack"] == ""))
    _require(records, known, f"attack must be one of {', '.join(allowed)}")
    for column in ("direction", "song"):
        _require(records, (records[column] != "") | placeless, f"{column} must not be empty")
    for column in ("experiment", "metric"):
        _require(records, (records[column] != "") | failed, f"{column} must not be empty")
    _require(records, records["value"].astype(float).abs() < np.inf, "value must be finite")
    _require(records, records["k"].between(0, MAX_SEGMENTS), f"k must be in 0..{MAX_SEGMENTS}")
    _require(records, records["samples"] >= 0, "samples must not be negative")
    _require(records, records["case"] >= -1, "case must be -1 or an index")
    unexplained = records["metric"].isin(UNMEASURED) & (records["reason"] == "")
    _require(records, ~unexplained, "what failed or was not applicable must give its reason")
    check_records(records)
    return in_order(records, _ORDER)


def repeated(records: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows, of records that are canonical, are about what the one before is about: they would count twice.

    What could not be measured may stand twice, and known answers, which several pairs of excerpts have.
    """
    free = records["metric"].isin(UNMEASURED) | records["experiment"].isin(PLACELESS)
    return ~free & repeats(records, _ORDER[:-1])


def check_unique(records: pd.DataFrame) -> None:
    """Raise RecordsError where a number stands twice in records that are canonical."""
    _require(records, ~repeated(records), "a number must stand once")


def _require(records: pd.DataFrame, valid: "pd.Series[bool]", rule: str) -> None:
    if not valid.all():
        first = records[~valid].iloc[0].to_dict()
        raise RecordsError(f"A record breaks the schema, {rule}: {first}.")


def write_run(directory: Path, records: pd.DataFrame, manifest: Mapping[str, Any]) -> None:
    """Write ``records.parquet``, and ``manifest.json`` for the files that lie there then; creates the directory."""
    sink, ordered = pa.BufferOutputStream(), canonical(records)
    schema = _SCHEMA.with_metadata({_VERSION_KEY: SCHEMA_VERSION.encode()})
    with pq.ParquetWriter(sink, schema) as writer:
        for start in range(0, max(1, len(ordered)), ROW_GROUP):  # as text, all rows at once would take gigabytes
            part = ordered.iloc[start : start + ROW_GROUP]
            writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False).cast(schema))
    replace(directory / RECORDS, sink.getvalue().to_pybytes())
    write_manifest(directory, manifest)


def read_run(path: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read the records and the manifest of a run from its directory, or from the parquet file in it.

    Raises RecordsError where a file is missing or unreadable, where any file of the directory is not the one that the
    manifest was written with, or where the records are of another schema or hold a number twice.
    """
    file = path if path.is_file() else path / RECORDS
    if not file.is_file():
        raise RecordsError(f"There are no records at {file}.")
    if file.name != RECORDS:
        raise RecordsError(f"{file} is not the records of a report; name its folder.")
    manifest = read_manifest(file.parent, *([file.name] if path.is_file() else []))
    records = canonical(_read_records(file))
    check_unique(records)
    return records, manifest


def _read_records(file: Path) -> pd.DataFrame:
    try:
        content = pq.ParquetFile(file, read_dictionary=TEXTS)
        metadata = content.schema_arrow.metadata or {}
        version = metadata.get(_VERSION_KEY, b"none").decode(errors="replace")
    except Exception as error:  # a file may hold anything, and arrow raises whatever it meets
        raise _unreadable(file, error) from error
    if version != SCHEMA_VERSION:
        raise RecordsError(f"The records at {file} have schema version {version}, this code reads {SCHEMA_VERSION}.")
    return joined([_part(file, content, group) for group in range(content.num_row_groups)] or [table([])])


def _part(file: Path, content: pq.ParquetFile, group: int) -> pd.DataFrame:
    """Read some of the rows: arrow's tables of all take gigabytes."""
    try:
        arrow = content.read_row_group(group)
        arrow.validate(full=True)
    except Exception as error:
        raise _unreadable(file, error) from error
    # Without metadata: what pandas would read from it may be anything, too.
    bare = arrow.replace_schema_metadata(None)
    if not bare.schema.equals(_READ):
        raise RecordsError(f"The records at {file} have other columns than {', '.join(COLUMNS)} of the schema's types.")
    if missing := [name for name in COLUMNS if bare[name].null_count]:
        raise RecordsError(f"A record at {file} lacks {missing[0]!r}.")
    part: pd.DataFrame = bare.to_pandas(self_destruct=True, split_blocks=True)
    return part


def _unreadable(file: Path, error: Exception) -> RecordsError:
    return RecordsError(f"The records at {file} are unreadable: {error}.")
