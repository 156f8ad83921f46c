"""Records: what a run of the benchmark has measured, one number per row, and the two files that keep it.

| column     | type   | meaning                                                                                   |
|------------|--------|-------------------------------------------------------------------------------------------|
| experiment | string | the file that asks: "flip_at_k" is benchmarks/test_flip_at_k.py, and so on                |
| explainer  | string | the row of the board; "" where the number concerns no explainer                           |
| attack     | string | "waveform" or "spectrogram"; "drawing" where a shape was drawn; "" for the detector       |
| direction  | string | "nosing_to_sing" or "sing_to_nosing": original and adversarial prediction; or ""          |
| song       | string | the song of the excerpt; songs are the clusters of the intervals; "" for the detector     |
| case       | int64  | index of the excerpt in its song; -1 = the whole song                                     |
| metric     | string | what the value is, see below                                                              |
| variant    | string | which of several: the shape drawn, the content type, the seed; else ""                    |
| k          | int64  | number of segments, 0..n of the n of an excerpt, at most 20; 0 where it has no meaning    |
| samples    | int64  | model queries that the explainer was allowed; 0 = as the run's options say                |
| value      | double | the number, always finite; its unit is the metric's                                       |
| reason     | string | one sentence for metric "failed" and for "unfilled" slots, otherwise ""                   |

All excerpts of a run have the same n.

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| flip                  | 1..n, every k  | 0 or 1: inserting the perturbation in the k top segments flips; oracle:    |
|                       |                | any k segments do; random, 0..1: the probability that k drawn ones do      |
| flip_positive         | # of positives | 0 or 1: inserting it in all positively weighted segments flips; random,    |
|                       |                | 0..1, k = n/2: the probability if each segment is in with probability 1/2  |
| flip_positive_norm    | # of positives | 0 or 1: the same number of segments, chosen by delta-norm, flips           |
| found                 | 1, 3, 5        | 0..k: planted segments among the explainer's k top ones; random: expected  |
| fidelity              | 0, 1           | weighted R^2; k = planted segments, 0 = the full adversarial excerpt       |
| weight                | 0..n-1         | what the explainer gives segment k, larger = speaks for the attack's aim   |
| queries, seconds      | 0              | coalitions and excerpts that the detector is asked about, and seconds, of  |
|                       |                | one explanation                                                            |
| budget_flip           | 3              | as flip, of an explanation of `samples` queries at most                    |
| budget_correlation    | 0              | -1..1: Pearson's, of its weights and the exact Shapley values of masking   |
| budget_queries        | 0              | the queries that it took                                                   |
| attempts, successes   | 0              | excerpts attacked and excerpts flipped, per song                           |
| slots, unfilled       | 0              | cases asked for, and cases missing (with the reason), per song             |
| iterations, snr       | 0              | of one attack: gradient steps, signal-to-noise ratio in dB                 |
| failed                | 0              | 1: an item (case -1) or one of its cases failed, for the reason given      |

The experiment "oracle" records the rows "oracle" and "random", the bounds of a flip. Where the 2^n sets of segments are
too many for a forward pass each it records "random" alone, of one random ranking per case: "flip" is 0 or 1 then,
"flip_positive" the mean of these over binomial k, "found" the expectation as ever. Else it knows what each set does and
records facts about a case, which concern no explainer:

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| smallest              | 0              | 1..n: segments in the smallest set that flips                              |
| smallest_sets         | 0              | sets of that size that flip                                                |
| flipping              | 0              | 0..1: share of all sets that flip                                          |
| non_monotone          | 0              | 0..1: share of the steps from a set that flips, by one segment more, that  |
|                       |                | take the flip back                                                         |
| needed                | 1, 3, 5        | 0..k: planted segments without which the others do not flip                |
| pivotal               | 1, 3, 5        | 0..k: planted segments that make some set of the others flip               |
| ceiling               | 1, 3, 5        | 0..k: "found" to be expected of who ranks those first, the rest by chance  |
| member                | 0..n-1         | 1: segment k is in the smallest set (of several, the one that flips most)  |

"found", "needed", "pivotal" and "ceiling" exist for those cases only that the k planted segments flip.

Planted by the oracle or by the attack (experiment "localisation"), as "found"; excerpts of their own for the attack's:

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| oracle_found          | size           | 0..k: of the smallest set of segments that flips, alone perturbed          |
| confined_found        | 1, 3, 5        | 0..k: of k segments, drawn at random, that the attack was confined to      |
| confined_slots,       | 1, 3, 5        | as "slots", "attempts", "successes", "unfilled" of the confined attacks,   |
| _attempts, _successes,|                | per song                                                                   |
| _unfilled             |                |                                                                            |

What "random" finds of either, as expected, is recorded too, by whichever experiment knows the planted segments.

Drawings (experiment "drawings", attack "drawing"; variant = "blob", "sine", "zigzag" or "vibrato"):

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| touched               | 3              | 0..1: share of the top 3 segments that the drawing touches; random: of all |
| drawn_fidelity        | 0              | as "fidelity", around the drawn excerpt                                    |
| drawn_weight          | 0..n-1         | as "weight"                                                                |
| strength              | 0              | what the drawing adds to the log-mel spectrogram where it is strongest     |
| drawings_slots,       | 0              | as "slots", "attempts", "successes", "unfilled", of drawings, per song     |
| _attempts, _successes,|                |                                                                            |
| _unfilled             |                |                                                                            |

The studies beside the main experiments, on few songs. Correlations are Spearman's, of two weightings, -1..1:

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| stability_overlap     | 3              | 0..1: share of the top 3 segments that two explanations of one excerpt     |
|                       |                | from other seeds have in common, mean over pairs; `samples` queries each   |
| stability_correlation | 0              | of such two, mean over pairs                                               |
| stability_distance    | 0              | from the exact weights, |w - exact| / |exact|, mean over seeds             |
| content_flip          | 1..n, every k  | as "flip"; variant = what masked segments hold: "mean", "zero" or "min"    |
| content_correlation   | 0              | with the weights for "mean"; variant as above                              |
| shuffled_correlation  | 0              | with the weights for the detector with its parameters shuffled             |
| swapped_correlation   | 0              | with the weights for the detector that means "no sing" by its logit: -1    |
| reversed_flip         | 1..n, every k  | as "flip", of the weights with their signs turned                          |
| fooled                | 1              | 0 or 1: the top segment is the one that the scaffold's innocent answer is  |
|                       |                | about; random: 1/n                                                         |
| fooled_correlation    | 0              | with the weights for the detector without scaffold                         |

The detector (experiment "detector", no attack, direction or song; variant = "seed 0", ...):

| metric                | k              | value                                                                      |
|-----------------------|----------------|----------------------------------------------------------------------------|
| error, recall,        | 0              | 0..1, over the frames of all test songs                                    |
| specificity, auc,     |                |                                                                            |
| threshold             |                |                                                                            |

Else only a failure may lack its coordinates (""): a process that died cannot say what it was measuring.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from veracity_bench.errors import UserError
from veracity_bench.reports.measurements.files import replace

SCHEMA_VERSION = "3"
MAX_SEGMENTS = 20
ATTACKS = ("waveform", "spectrogram")
DRAWING = "drawing"
DETECTOR = "detector"
DIRECTIONS = ("nosing_to_sing", "sing_to_nosing")
COLUMNS = {
    "experiment": "string",
    "explainer": "string",
    "attack": "string",
    "direction": "string",
    "song": "string",
    "case": "int64",
    "metric": "string",
    "variant": "string",
    "k": "int64",
    "samples": "int64",
    "value": "double",
    "reason": "string",
}
DEFAULTS = {**{name: "" for name, kind in COLUMNS.items() if kind == "string"}, "case": -1, "k": 0, "samples": 0}

_VERSION_KEY = b"veracity_bench.schema_version"
_SCHEMA = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()])
_ORDER = [*(name for name in COLUMNS if name != "value"), "value"]


class RecordsError(UserError):
    """Records that cannot be read or that break the schema; the message is one sentence."""


def table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Make a valid table of plain rows; ``case``, ``k`` and what is "" may be left out.

    Raises RecordsError where a column is missing, unknown or of the wrong type, or where a value is out of range.
    """
    complete = [{**DEFAULTS, **row} for row in rows]
    if unknown := sorted({name for row in complete for name in row} - set(COLUMNS)):
        raise RecordsError(f"Records have no column {unknown[0]!r}.")
    try:
        arrow = pa.Table.from_pylist(complete, schema=_SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise RecordsError(f"A record has a value of the wrong type: {error}.") from error
    if missing := [name for name in COLUMNS if arrow[name].null_count]:
        raise RecordsError(f"A record lacks {missing[0]!r}.")
    return canonical(arrow.to_pandas())


def canonical(records: pd.DataFrame) -> pd.DataFrame:
    """Check the records against the schema; return its columns, with the rows in an order that no run can change."""
    if missing := [name for name in COLUMNS if name not in records]:
        raise RecordsError(f"The records lack the column {missing[0]!r}.")
    failed = records["metric"] == "failed"
    placeless = failed | (records["experiment"] == DETECTOR)
    for column, allowed in (("attack", (*ATTACKS, DRAWING)), ("direction", DIRECTIONS)):
        known = records[column].isin(allowed) | (placeless & (records[column] == ""))
        _require(records, known, f"{column} must be one of {', '.join(allowed)}")
    _require(records, (records["song"] != "") | placeless, "song must not be empty")
    for column in ("experiment", "metric"):
        _require(records, (records[column] != "") | failed, f"{column} must not be empty")
    _require(records, records["value"].astype(float).abs() < np.inf, "value must be finite")
    _require(records, records["k"].between(0, MAX_SEGMENTS), f"k must be in 0..{MAX_SEGMENTS}")
    _require(records, records["samples"] >= 0, "samples must not be negative")
    _require(records, records["case"] >= -1, "case must be -1 or an index")
    _require(records, ~failed | (records["reason"] != ""), "a failure must give its reason")
    return records[list(COLUMNS)].sort_values(_ORDER, ignore_index=True)


def _require(records: pd.DataFrame, valid: "pd.Series[bool]", rule: str) -> None:
    if not valid.all():
        first = records[~valid].iloc[0].to_dict()
        raise RecordsError(f"A record breaks the schema, {rule}: {first}.")


def write_run(directory: Path, records: pd.DataFrame, manifest: Mapping[str, Any]) -> None:
    """Write ``records.parquet`` and ``manifest.json``, each at once or not at all; creates the directory."""
    arrow = pa.Table.from_pandas(canonical(records), schema=_SCHEMA, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(arrow.replace_schema_metadata({_VERSION_KEY: SCHEMA_VERSION.encode()}), sink)
    replace(directory / "records.parquet", sink.getvalue().to_pybytes())
    text = json.dumps(manifest, indent=2, ensure_ascii=False, default=str)
    replace(directory / "manifest.json", f"{text}\n".encode())


def read_run(path: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read the records and the manifest of a run from its directory, or from the parquet file in it.

    Raises RecordsError where a file is missing or unreadable, or where the records are of another schema.
    """
    file = path / "records.parquet" if path.is_dir() else path
    return canonical(_read_records(file)), _read_manifest(file.with_name("manifest.json"))


def _read_records(file: Path) -> pd.DataFrame:
    try:
        arrow = pq.ParquetFile(file).read()
    except FileNotFoundError as error:
        raise RecordsError(f"There are no records at {file}.") from error
    except (OSError, pa.ArrowException) as error:
        raise RecordsError(f"The records at {file} are unreadable: {error}.") from error
    version = (arrow.schema.metadata or {}).get(_VERSION_KEY, b"none").decode()
    if version != SCHEMA_VERSION:
        raise RecordsError(f"The records at {file} have schema version {version}, this code reads {SCHEMA_VERSION}.")
    frame: pd.DataFrame = arrow.to_pandas()
    return frame


def _read_manifest(file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RecordsError(f"There is no manifest at {file}.") from error
    except (OSError, ValueError) as error:
        raise RecordsError(f"The manifest at {file} is unreadable: {error}.") from error
    if not isinstance(manifest, dict):
        raise RecordsError(f"The manifest at {file} is not a JSON object.")
    return manifest
