"""What the paper reports, to stand beside what is measured here.

Praher, Prinz, Flexer, Widmer, ISMIR 2021 (CC BY 4.0), on the Jamendo corpus. Tables are printed numbers; those of
figures were read off the published plots, to about a point. Shares are fractions.
"""

from collections.abc import Mapping

from veracity_bench.reports.measurements.conditions import Condition

TO_SING_WAVEFORM = Condition("waveform", "nosing_to_sing")
TO_SING_SPECTROGRAM = Condition("spectrogram", "nosing_to_sing")
FROM_SING_WAVEFORM = Condition("waveform", "sing_to_nosing")
FROM_SING_SPECTROGRAM = Condition("spectrogram", "sing_to_nosing")

SEGMENTS = 20  # section 4.4: 5 in time x 4 in frequency

# section 4.2: mean and standard deviation over five training runs
DETECTOR = {"error": (0.1154, 0.0096), "recall": (0.8961, 0.0171), "specificity": (0.8746, 0.0100)}
ATTACK_SUCCESS = {"waveform": 0.605, "spectrogram": 0.284}  # section 4.3

# table 1: LIME
FLIP_AT_3: Mapping[Condition, float] = {
    TO_SING_WAVEFORM: 0.53,
    TO_SING_SPECTROGRAM: 0.41,
    FROM_SING_WAVEFORM: 0.21,
    FROM_SING_SPECTROGRAM: 0.32,
}

# table 2: LIME, and as many segments of largest perturbation
FLIP_POSITIVE: Mapping[Condition, tuple[float, float]] = {
    TO_SING_WAVEFORM: (0.86, 0.99),
    TO_SING_SPECTROGRAM: (0.91, 0.98),
    FROM_SING_WAVEFORM: (0.49, 0.74),
    FROM_SING_SPECTROGRAM: (0.44, 0.55),
}

# figure 2: percentages for k = 1 .. 20
FLIP_AT_K_LIME: Mapping[Condition, tuple[int, ...]] = {
    TO_SING_WAVEFORM: (17, 35, 53, 61, 69, 71, 77, 80, 83, 84, 85, 86, 88, 88, 90, 92, 92, 93, 96, 100),
    TO_SING_SPECTROGRAM: (13, 30, 41, 49, 54, 58, 63, 67, 68, 71, 74, 77, 81, 83, 85, 88, 89, 93, 94, 100),
    FROM_SING_WAVEFORM: (6, 14, 21, 26, 34, 37, 38, 43, 47, 51, 59, 64, 69, 71, 74, 75, 81, 87, 92, 100),
    FROM_SING_SPECTROGRAM: (13, 20, 32, 39, 41, 46, 51, 53, 59, 63, 65, 68, 70, 77, 81, 85, 87, 93, 98, 100),
}
FLIP_AT_K_NORM: Mapping[Condition, tuple[int, ...]] = {
    TO_SING_WAVEFORM: (20, 45, 64, 75, 86, 88, 92, 94, 95, 97, 97, 97, 97, 98, 98, 99, 99, 99, 100, 100),
    TO_SING_SPECTROGRAM: (14, 31, 48, 64, 75, 83, 89, 93, 93, 93, 95, 96, 98, 99, 100, 100, 100, 100, 100, 100),
    FROM_SING_WAVEFORM: (7, 14, 21, 30, 38, 47, 55, 61, 68, 75, 83, 86, 88, 91, 95, 98, 98, 99, 100, 100),
    FROM_SING_SPECTROGRAM: (20, 34, 46, 53, 64, 73, 77, 87, 91, 94, 96, 97, 98, 98, 99, 99, 100, 100, 100, 100),
}

# figure 3: how many excerpts had k, k - 1 .. 0 of the k planted segments found by LIME
FOUND: Mapping[Condition, Mapping[int, tuple[int, ...]]] = {
    TO_SING_WAVEFORM: {1: (13, 19), 3: (9, 41, 36, 16), 5: (1, 16, 30, 50, 31, 6)},
    TO_SING_SPECTROGRAM: {1: (11, 11), 3: (8, 26, 27, 16), 5: (1, 22, 31, 29, 22, 14)},
    FROM_SING_WAVEFORM: {1: (1, 10), 3: (1, 13, 15, 5), 5: (0, 2, 12, 19, 18, 11)},
    FROM_SING_SPECTROGRAM: {1: (12, 18), 3: (2, 23, 31, 13), 5: (1, 14, 29, 36, 14, 2)},
}

# figure 4, no sing to sing only: median, quartiles and whiskers of LIME's fidelity, wrong and right explanations
FIDELITY: Mapping[str, Mapping[str, tuple[float, ...]]] = {
    "waveform": {"wrong": (0.68, 0.63, 0.70, 0.52, 0.77), "right": (0.71, 0.65, 0.81, 0.52, 0.88)},
    "spectrogram": {"wrong": (0.67, 0.57, 0.73, 0.50, 0.75), "right": (0.74, 0.65, 0.83, 0.56, 0.96)},
}

# figure 1: the probability of "sing" before and after drawing, and LIME's fidelity
DRAWINGS: Mapping[str, tuple[float, float, float]] = {
    "blob": (0.02, 0.96, 0.96),
    "sine": (0.02, 0.98, 0.68),
    "zigzag": (0.02, 0.97, 0.74),
}


def found_share(condition: Condition, k: int) -> float:
    """Return the share of the k planted segments that LIME found, over all excerpts of a condition (figure 3)."""
    counts = FOUND[condition][k]
    return sum((k - i) * count for i, count in enumerate(counts)) / (k * sum(counts))
