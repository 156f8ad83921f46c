import numpy as np
import pytest

from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import FILE, Excerpt, read_excerpts, write_excerpts
from veracity_bench.reports.measurements.manifest import write_manifest

EIGHTHS = np.arange(115 * 80, dtype=np.float32).reshape(115, 80) % 64 / 8  # which half precision holds
ONE = Excerpt(
    attack="waveform",
    direction="nosing_to_sing",
    song="ö",
    case=0,
    frame=70,
    original=EIGHTHS,
    adversarial=EIGHTHS + 1,
    probabilities=(0.02, 0.96),
    sounds={"clean": b"abc", "perturbation": b"d"},
    gain=30.5,
)
DRAWN = Excerpt(
    attack="drawing", direction="nosing_to_sing", song="b", case=1, frame=9, variant="blob",
    original=EIGHTHS, adversarial=EIGHTHS, probabilities=(0.1, 0.9),
)  # fmt: skip


def written(folder, *excerpts):
    write_excerpts(folder, excerpts)
    write_manifest(folder, {})
    return folder


def plain(excerpt):
    return {name: np.asarray(value).tolist() for name, value in vars(excerpt).items()}


def test_excerpts_survive_the_disk(tmp_path):
    assert [plain(one) for one in read_excerpts(written(tmp_path / "new", ONE, DRAWN))] == [plain(ONE), plain(DRAWN)]


def test_a_run_without_excerpts_has_none_of_an_older_one(tmp_path):
    written(tmp_path, ONE)
    assert read_excerpts(written(tmp_path)) == []


def test_a_damaged_file_is_named(tmp_path):
    written(tmp_path, ONE)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:100])
    with pytest.raises(RecordsError, match=r"its excerpts\.npz is missing or not the one"):
        read_excerpts(tmp_path)
    write_manifest(tmp_path, {})  # as whoever damages files on purpose would
    with pytest.raises(RecordsError, match=r"excerpts at .*excerpts\.npz are unreadable"):
        read_excerpts(tmp_path)
