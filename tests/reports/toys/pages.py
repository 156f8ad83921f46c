"""A made-up run with excerpts, for the page: what is weighed, what flips, what the oracle says, and sounds."""

import io
from dataclasses import replace

import numpy as np
import soundfile
from boards import curve, flips, row, weights

from veracity_bench.reports.measurements.columns import DRAWING
from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.measurements.records import table

MANIFEST = {"title": "Tiny", "measured": {"segments": "grid, 5 in time x 4 in frequency"}}
HOSTILE = '</script><b>"&'
RISING = list(range(20))
FALLING = RISING[::-1]


def sound(hertz):
    sink = io.BytesIO()
    soundfile.write(sink, 0.3 * np.sin(2 * np.pi * hertz * np.arange(36934) / 22050), 22050, format="MP3")
    return sink.getvalue()


def spectrograms(seed):
    return np.random.default_rng(seed).normal(size=(115, 80)).astype(np.float32)


WAVEFORM = Excerpt(
    attack="waveform",
    direction="nosing_to_sing",
    song="a",
    case=0,
    frame=700,
    original=spectrograms(0),
    adversarial=spectrograms(1),
    probabilities=(0.02, 0.96),
    sounds={"clean": sound(220), "adversarial": sound(330), "perturbation": sound(440)},
    gain=40.5,
)
HOSTILE_SONG = replace(WAVEFORM, song=HOSTILE)
DRAWN = replace(WAVEFORM, attack=DRAWING, variant="blob", sounds={}, gain=0.0)
UNMEASURED = replace(WAVEFORM, song="never measured")
EXCERPTS = [DRAWN, WAVEFORM, HOSTILE_SONG, UNMEASURED]


def drawn_weights(explainer, values):
    place = {"attack": DRAWING, "variant": "blob"}
    drawn = [{**line, **place, "metric": "drawn_weight"} for line in weights(explainer, values)]
    found = [row("touched", 2 / 3, 3, explainer=explainer), row("drawn_fidelity", 0.75, explainer=explainer)]
    return [*drawn, *({**line, **place} for line in found)]


def run():
    """Return the records: lime ranks segment 19 first and flips from k = 2 on, rise ranks 0 first and flips at 5."""
    rows = drawn_weights("lime", RISING)
    for song in ("a", HOSTILE):
        rows += [*weights("lime", RISING, song=song), *flips("lime", 2, song=song)]
        rows += [*weights("rise", FALLING, song=song), *flips("rise", 5, song=song)]
        rows += [*weights("delta-norm", RISING, song=song), *flips("delta-norm", 3, song=song)]
        rows += [row("member", 1, k, explainer="", song=song) for k in (18, 19)]
        rows += [*curve("oracle", [0, *[1] * 19], song=song), *curve("random", [0.1] * 20, song=song)]
    return table(rows)
