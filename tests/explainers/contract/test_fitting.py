import re

import learners
import numpy as np
import pytest
import torch

from veracity_bench.explainers.contract.fitting import TrainingSongs, checked_product, fit_of, identity
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.registry import load_explainer


def test_songs_are_read_when_they_are_taken_and_as_often():
    read = []
    songs = TrainingSongs(3, lambda place: read.append(place) or np.full(2, place, np.float32))
    assert len(songs) == 3
    assert [song[0] for song in songs] == [0, 1, 2]
    assert songs[-1][0] == 2
    assert [song[0] for song in songs[:2]] == [0, 1]
    assert read == [0, 1, 2, 2, 0, 1]
    with pytest.raises(IndexError):
        songs[3]


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("learners:Loudest", True),
        ("learners:learner", True),
        ("learners:own_affair", False),
        ("lime", False),
    ],
)
def test_a_fit_is_known_by_its_parameters(name, fits):
    explainer = load_explainer(name, 64)
    assert (fit_of(explainer) is not None) == fits
    assert bool(identity(explainer)) == fits


def test_the_identity_is_that_of_settings_and_code(tmp_path, monkeypatch):
    code = "class It:\n    def fit(self, classifier, songs, rng): pass\n    def __call__(self, instance, rng): pass\n"
    found = []
    for number, text in enumerate((code, code, f"{code}# changed\n")):
        (tmp_path / f"code_{number}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        found.append(identity(load_explainer(f"code_{number}:It", 64)))
    assert found[0] == found[1] != found[2]


def test_arrays_become_two_types_finite_or_not():
    product = {
        "halves": np.array([0.5, np.nan]),
        "huge": 1e300,
        "counts": np.array([[1], [2]], np.uint8),
        "mask": [True, False],
        "tensor": torch.ones(2, requires_grad=True),
        "none": np.empty((0, 3)),
    }
    arrays = checked_product("it", product)
    assert {name: array.dtype.name for name, array in arrays.items()} == {
        "halves": "float32",
        "huge": "float32",
        "counts": "int64",
        "mask": "int64",
        "tensor": "float32",
        "none": "float32",
    }
    assert [array.shape for array in arrays.values()] == [(2,), (), (2, 1), (2,), (2,), (0, 3)]
    assert np.isinf(arrays["huge"])


@pytest.mark.parametrize(
    ("product", "sentence"),
    [
        (None, "learnt a NoneType; fit must return a mapping of arrays"),
        ({"it": object()}, "learnt 'it', which is no array of real numbers"),
        ({"it": "all"}, "learnt 'it', which is no array of real numbers"),
        ({"it": [1j]}, "learnt 'it', which is no array of real numbers"),
        ({1: [0]}, "learnt an array named 1; its name must be"),
        ({"../it": [0]}, "learnt an array named '../it'"),
        ({"__metadata__": [0]}, "learnt an array named '__metadata__'"),
        ({"a" * 101: [0]}, "learnt an array named 'aaa"),
        ({f"a{i}": [0] for i in range(257)}, "learnt 257 arrays; 256 are allowed"),
        ({"it": np.zeros(2**24 + 1, np.float32)}, "learnt arrays of 64 MB; 64 MB are allowed"),
    ],
)
def test_anything_else_is_an_error_that_names_the_explainer(product, sentence):
    with pytest.raises(ContractError, match=re.escape(f"explainer it {sentence}")):
        checked_product("it", product)


def test_a_fit_of_another_meaning_is_left_alone():
    assert learners.own_affair.fit is not None
    assert fit_of(learners.own_affair) is None
