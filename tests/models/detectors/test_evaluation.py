import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from veracity_bench.fixtures.corpora.labels import frame_labels, read_labels
from veracity_bench.models.detectors.evaluation import choose_threshold, evaluate, smooth, summarise

JAMENDO = Path(__file__).parents[4] / "shared" / "corpora" / "jamendo-annotations"
UNIT = st.floats(0, 1, width=32)


def test_error_recall_and_specificity_by_hand():
    """Said: 1 1 0 0 1 against truth 1 0 1 0 0, the last frame of all unlabelled."""
    curves = [np.array([0.9, 0.8, 0.2]), np.array([0.1, 0.6, 0.9])]
    labels = [np.array([1, 0, 1]), np.array([0, 0, -1])]
    scores = evaluate(curves, labels, 0.5)
    assert scores.error == pytest.approx(3 / 5)
    assert scores.recall == pytest.approx(1 / 2)
    assert scores.specificity == pytest.approx(1 / 3)
    assert scores.auc == pytest.approx(4 / 6)  # of six pairs (sung, unsung) 0.9 wins three, 0.2 one
    assert scores.frames == 5


def test_songs_are_pooled_by_frames():
    """A song of 3 frames counts three times a song of one."""
    curves, labels = [np.ones(3), np.ones(1)], [np.zeros(3, int), np.ones(1, int)]
    assert evaluate(curves, labels, 0.5).error == pytest.approx(3 / 4)


TRUTH = np.array([0, 1, 1, 0, 1])


@pytest.mark.parametrize(("curve", "error"), [(TRUTH, 0), (1 - TRUTH, 1)], ids=["perfect", "inverted"])
def test_limits(curve, error):
    scores = evaluate([curve.astype(float)], [TRUTH], 0.5)
    assert (scores.error, scores.recall, scores.specificity, scores.auc) == (error, 1 - error, 1 - error, 1 - error)


def test_chance():
    rng = np.random.default_rng(0)
    scores = evaluate([rng.random(40_000)], [rng.integers(0, 2, 40_000)], 0.5)
    assert (scores.error, scores.recall, scores.specificity, scores.auc) == pytest.approx([0.5] * 4, abs=0.02)


def test_sing_is_strictly_above_the_threshold():
    assert evaluate([np.array([0.5])], [np.array([1])], 0.5).recall == 0


@pytest.mark.parametrize(("label", "nan", "known"), [(0, "recall", "specificity"), (1, "specificity", "recall")])
def test_what_the_labels_cannot_give_is_nan(label, nan, known):
    scores = evaluate([np.array([0.2, 0.9])], [np.full(2, label)], 0.5)
    assert np.isnan(getattr(scores, nan))
    assert np.isnan(scores.auc)
    assert getattr(scores, known) == 0.5


def test_no_label_at_all_is_an_error():
    with pytest.raises(ValueError, match="no labelled frame"):
        evaluate([np.zeros(3)], [np.full(3, -1)], 0.5)


def test_a_step_stays_where_it_is_but_for_one_side():
    """Of the frames i-28 .. i+27, 28 of 56 lie after the step for the frame just after it: the 29th smallest is low."""
    step = np.r_[np.zeros(100), np.ones(100)]
    smoothed = smooth(step)
    assert smoothed[:100].tolist() == [0] * 100
    assert smoothed[101:].tolist() == [1] * 99
    assert smoothed[100] == sorted(step[72:128])[28]


def test_a_short_burst_is_dropped_and_a_long_one_kept():
    short, long = np.zeros(200), np.zeros(200)
    short[80:105] = long[80:120] = 1
    assert smooth(short).max() == 0
    assert 35 < smooth(long).sum() < 45


@given(hnp.arrays(np.float32, st.integers(1, 150), elements=UNIT))
def test_smoothing_takes_the_29th_smallest_of_56(curve):
    padded = np.pad(curve, (28, 27), mode="edge")
    expected = [np.sort(padded[i : i + 56])[28] for i in range(len(curve))]
    assert smooth(curve).tolist() == expected


def test_the_threshold_divides_what_can_be_divided():
    curve, labels = np.array([0.1, 0.2, 0.305, 0.9]), np.array([0, 0, 1, 1])
    assert choose_threshold([curve], [labels]) == 0.3


def test_of_equal_thresholds_the_one_nearest_to_one_half_is_taken():
    assert choose_threshold([np.array([0.2, 0.9])], [np.array([0, 1])]) == 0.5
    assert choose_threshold([np.array([0.605, 0.9])], [np.array([0, 1])]) == 0.61


@given(hnp.arrays(np.float32, 30, elements=UNIT), hnp.arrays(np.int8, 30, elements=st.integers(-1, 1)))
@example(np.array([0.1] + 29 * [0.0], np.float32), np.zeros(30, np.int8))  # 0.1 in single precision is above 0.1
def test_no_threshold_does_better(curve, labels):
    labels[0] = 1
    truth, curve = labels[labels >= 0] == 1, curve[labels >= 0].astype(np.float64)
    least = min(np.mean((curve > hundredth / 100) != truth) for hundredth in range(1, 100))
    assert evaluate([curve], [truth], choose_threshold([curve], [truth])).error <= least


def test_runs_are_summarised_by_mean_and_standard_deviation():
    """Errors 0.2 and 0.4: mean 0.3, standard deviation 0.1 * sqrt(2)."""
    runs = [evaluate([np.r_[np.ones(n), np.zeros(5 - n)]], [np.r_[0, 1, 1, 1, 1]], 0.5) for n in (5, 4)]
    assert [run.error for run in runs] == pytest.approx([0.2, 0.4])
    summary = summarise(runs)
    assert summary.loc["mean", "error"] == pytest.approx(0.3)
    assert summary.loc["std", "error"] == pytest.approx(0.1 * 2**0.5)


def published():
    """The figures of the table: split -> (frames, error, unsmoothed error, recall, specificity) as printed."""
    if not JAMENDO.is_dir():
        return {}
    rows = re.findall(r"^\| (valid|test|both) \|(.*)\|(.*)\|(.*)\|(.*)\|$", (JAMENDO / "README.md").read_text(), re.M)
    return {split: [cell.strip() for cell in cells] for split, *cells in rows}


def jamendo(splits):
    """The published curves and the labels of their frames; what no label covers counts as no singing."""
    curves, labels = [], []
    with np.load(JAMENDO / "prediction_curves.npz") as stored:
        for split in splits:
            for name in (JAMENDO / "filelists" / split).read_text().splitlines():
                curves.append(stored[name].ravel())
                intervals = read_labels(JAMENDO / "labels" / f"{Path(name).stem}.lab")
                labels.append(np.maximum(frame_labels(intervals, len(curves[-1])), 0))
    return curves, labels


@pytest.mark.skipif(not JAMENDO.is_dir(), reason="the Jamendo annotations are not beside the repository")
@pytest.mark.parametrize("split", ["valid", "test", "both"])
def test_figures_computed_by_someone_else(split):
    frames, error, recall, specificity = published()[split]
    smoothed, *unsmoothed = re.findall(r"[\d.]+(?= %)", error)
    curves, labels = jamendo(["valid", "test"] if split == "both" else [split])
    scores = evaluate([smooth(curve) for curve in curves], labels, 0.5)
    assert f"{100 * scores.error:.3f}" == smoothed
    assert f"{scores.recall:.4f}" == recall
    assert f"{scores.specificity:.4f}" == specificity
    assert frames in ("", f"{scores.frames:,}")
    assert [f"{100 * evaluate(curves, labels, 0.5).error:.3f}" for _ in unsmoothed] == unsmoothed
    assert len(unsmoothed) == (split == "both")
