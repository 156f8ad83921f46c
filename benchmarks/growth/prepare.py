"""What the stages start from: a corpus and a run of so many times the songs, in a folder."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from veracity_bench.benchmarks.growth.copies import copies, song_name
from veracity_bench.reports.measurements.excerpts import Excerpt, write_excerpts
from veracity_bench.reports.measurements.manifest import write_manifest
from veracity_bench.reports.measurements.records import RECORDS, read_run

CORPUS, RUN, TIMES, SOURCE = "corpus", "run", "times", "source"
EXCERPTS = 128
SPLITS = ("train", "valid", "test")


def prepare(folder: Path, run: str, times: str) -> int:
    """Write both; return the number of test songs."""
    (folder / TIMES).write_text(times)
    (folder / SOURCE).symlink_to(run)
    records, manifest = read_run(Path(run))
    tables = [pa.Table.from_pandas(part, preserve_index=False) for part in copies(records, int(times))]
    schema = pq.read_schema(Path(run) / RECORDS)
    table = pa.concat_tables(part.cast(schema) for part in tables)
    order = [(name, "ascending") for name in table.column_names if name != "value"]
    (folder / RUN).mkdir()
    pq.write_table(table.sort_by([*order, ("value", "ascending")]), folder / RUN / RECORDS)
    places = records.loc[records["metric"] == "weight", ["attack", "direction", "song", "case"]].drop_duplicates()
    write_excerpts(folder / RUN, [_excerpt(*place) for place in places.head(EXCERPTS).itertuples(index=False)])
    write_manifest(folder / RUN, manifest)
    songs = sorted({song for song in records["song"] if song})
    return _corpus(folder / CORPUS, [song_name(song, copy) for song in songs for copy in range(int(times))])


def _excerpt(attack: str, direction: str, song: str, case: int) -> Excerpt:
    original, delta = np.random.default_rng(case).normal(size=(2, 115, 80)).astype(np.float32)
    sounds = dict.fromkeys(("clean", "adversarial", "perturbation"), bytes(12_000))
    return Excerpt(
        attack=attack,
        direction=direction,
        song=song,
        case=case,
        original=original,
        adversarial=original + delta,
        probabilities=(0.1, 0.9),
        frame=100,
        sounds=sounds,
    )


def _corpus(root: Path, test: list[str]) -> int:
    """Lay out songs that collection finds, and nobody can listen to."""
    songs = {"train": ["train-song"], "valid": ["valid-song"], "test": test}
    for name in ("audio", "labels", "filelists"):
        (root / name).mkdir(parents=True)
    for split in SPLITS:
        (root / "filelists" / split).write_text("".join(f"{song}.wav\n" for song in songs[split]))
        for song in songs[split]:
            (root / "audio" / f"{song}.wav").touch()
            (root / "labels" / f"{song}.lab").write_text("0 10 sing\n")
    return len(test)
