"""Reports that were damaged, or made to deceive: they are read rightly or refused in one sentence.

HYPOTHESIS_EXAMPLES=10000 in the environment tries a hundred times as many.
"""

import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import EXCERPTS, MANIFEST, run

from veracity_bench.reports.compare.comparable import obstacle
from veracity_bench.reports.introduction import introduction
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import read_excerpts, write_excerpts
from veracity_bench.reports.measurements.manifest import write_manifest
from veracity_bench.reports.measurements.records import read_run, write_run
from veracity_bench.reports.page.browser import contents
from veracity_bench.reports.parts import measured
from veracity_bench.reports.sections import explainers, timing
from veracity_bench.reports.sections import run as run_section

ABOUT = {
    **MANIFEST,
    "options": {"scale": "smoke", "updates": 6000},
    "explainers": {"lime": {"access": "black box", "library": "lime", "reference": "", "settings": "samples=8192"}},
    "corpus": {"key": "0" * 64, "test": 2},
    "detector": {"weights": "0" * 64, "test": {"error": 0.1}},
    "timing": {"seconds": 1.5},
}
FILES = ("records.parquet", "manifest.json", "excerpts.npz")
RECORDS = run()

many = settings(suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    write_excerpts(folder, EXCERPTS[:2])
    write_run(folder, RECORDS, ABOUT)
    return folder


@pytest.fixture(scope="module")
def copy(whole, tmp_path_factory):
    """Return a function that returns a fresh copy of the report."""
    folder = tmp_path_factory.mktemp("copies") / "report"

    def copy():
        shutil.rmtree(folder, ignore_errors=True)
        return shutil.copytree(whole, folder)

    return copy


def read(folder):
    """Read all of a report, None for one that is refused in one sentence."""
    try:
        (records, manifest), excerpts = read_run(folder), read_excerpts(folder)
    except RecordsError as error:
        sentence = str(error)
    else:
        return records, manifest, excerpts
    assert sentence.isprintable()
    assert len(sentence) < 600
    return None


def damaged(content, place, change):
    """Flip a bit, cut or insert bytes."""
    place %= len(content)
    if isinstance(change, int):
        return content[:place] + bytes([content[place] ^ 1 << change]) + content[place + 1 :]
    return content[:place] if change is None else content[:place] + change + content[place:]


changes = st.integers(0, 7) | st.none() | st.binary(min_size=1, max_size=30)
places = st.integers(0, 10**9)


@many
@given(st.sampled_from(FILES), places, changes)
def test_no_damage_reads_as_something_else(copy, name, place, change):
    folder = copy()
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(damaged(content, place, change))
    found = read(folder)
    assert found is None or (found[0].equals(RECORDS) and found[1] == ABOUT and len(found[2]) == 2)


@many
@given(st.sampled_from(("records.parquet", "excerpts.npz")), places, changes)
def test_what_was_damaged_before_it_was_bound_is_refused_too(copy, name, place, change):
    folder = copy()
    (folder / name).write_bytes(damaged((folder / name).read_bytes(), place, change))
    write_manifest(folder, ABOUT)
    read(folder)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just("z" * 10**5)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
paths = st.sampled_from([(name,) for name in ABOUT] + [(a, b) for a in ABOUT if a != "title" for b in ABOUT[a]] +
                        [("explainers", "lime", "access"), ("detector", "test", "error")])  # fmt: skip


@many
@given(paths, values)
def test_whatever_a_manifest_holds_is_shown_or_refused(copy, path, value):
    folder = copy()
    manifest = json.loads(json.dumps(ABOUT))
    inner = manifest
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    write_manifest(folder, manifest)
    found = read(folder)
    if found:
        records, manifest, excerpts = found
        shown = Material(records, manifest=manifest)
        assert introduction(records, manifest)
        for section in (explainers, run_section, timing):
            section.SECTION.body(shown)  # "" where there is nothing to show
        assert measured(records, manifest)
        contents(records, manifest, excerpts)
        obstacle((records, manifest), (records, ABOUT))


kinds = st.sampled_from([pa.string(), pa.int8(), pa.uint64(), pa.float32(), pa.bool_(), pa.large_string(), pa.binary()])


@many
@given(st.sampled_from(list(RECORDS)), kinds, st.binary(max_size=20) | st.none())
def test_columns_of_other_types_are_refused(copy, column, kind, pandas):
    folder = copy()
    table = pq.read_table(folder / "records.parquet")
    other = pa.array([None] * len(table), kind)
    changed = table.set_column(table.column_names.index(column), column, other)
    metadata = dict(table.schema.metadata) | ({b"pandas": pandas} if pandas is not None else {})
    pq.write_table(changed.replace_schema_metadata(metadata), folder / "records.parquet")
    write_manifest(folder, ABOUT)
    assert read(folder) is None


index = st.sampled_from(["attack", "direction", "song", "case", "variant", "frame", "probabilities", "gain", "sounds"])


@many
@given(index, values)
def test_whatever_the_index_of_excerpts_holds_is_shown_or_refused(copy, name, value):
    folder = copy()
    with np.load(folder / "excerpts.npz") as arrays:
        stored = dict(arrays)
    facts = json.loads(str(stored["index"]))
    facts[0][name] = value
    stored["index"] = np.array(json.dumps(facts))
    np.savez(folder / "excerpts.npz", **stored)
    write_manifest(folder, ABOUT)
    if found := read(folder):
        contents(*found)
