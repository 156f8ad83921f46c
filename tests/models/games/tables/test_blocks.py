"""Blocks of coalitions, where features of one sign go a way of their own, give what each coalition gives alone."""

import pytest
import torch
from torch import nn

from veracity_bench.models.games.tables.blocks import all_logits
from veracity_bench.models.games.tables.table import Table

HEADS = {
    "leaky": lambda: [nn.LeakyReLU(0.1), nn.Linear(12, 5), nn.LeakyReLU(0.1), nn.Linear(5, 1)],
    "relu, no bias": lambda: [nn.ReLU(), nn.Linear(12, 5, bias=False), nn.Tanh(), nn.Linear(5, 1)],
    "ends after it": lambda: [nn.ReLU(), nn.Linear(12, 1)],
    "smooth": lambda: [nn.Tanh(), nn.Linear(12, 1)],
    "batch norm between": lambda: [nn.ReLU(), nn.BatchNorm1d(12), nn.Linear(12, 1)],
}


def tables(spread):
    """Six segments, of which one changes nothing; features of both signs that the others change by as much."""
    rng = torch.Generator().manual_seed(0)
    offset = torch.linspace(-1, 1, 12)
    return [
        Table(segments, spread * torch.randn(2 ** len(segments), 12, generator=rng) + offset)
        for segments in ((0, 1, 3), (1, 3, 4), (5,))
    ]


def expected(own, head):
    coalitions = torch.arange(2**6)[:, None] >> torch.arange(6) & 1
    return head(sum(table.rows[table.index(coalitions)] for table in own)).flatten()


@torch.no_grad()
@pytest.mark.parametrize("n_free", [0, 2, 4, 6, 9])
@pytest.mark.parametrize("spread", [0, 0.3, 10], ids=["all of one sign", "some", "none"])
@pytest.mark.parametrize("layers", HEADS.values(), ids=HEADS)
def test_all_coalitions(layers, spread, n_free):
    torch.manual_seed(0)
    head, own = nn.Sequential(*layers()).eval(), tables(spread)
    torch.testing.assert_close(all_logits(own, head, 6, n_free), expected(own, head), atol=1e-5, rtol=1e-5)


def test_the_effect_of_a_segment_is_its_mean_change():
    table = Table((2, 7), torch.tensor([[0.0, 0.0], [1.0, -1.0], [0.0, 4.0], [3.0, 3.0]]))
    assert table.effect(2) == pytest.approx((1 + 1 + 3 + 1) / 4)
    assert table.effect(7) == pytest.approx((0 + 4 + 2 + 4) / 4)
