import pytest
import torch

from veracity_bench.models.devices import computes_in_bfloat16

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("capabilities", "can"),
    [
        ({"avx2": True, "avx512_bf16": False, "amx_bf16": False}, False),
        ({"avx512_bf16": True, "amx_bf16": False}, True),
        ({"amx_bf16": True}, True),
        ({"neon": True, "bf16": True}, True),
        ({}, False),
    ],
)
def test_a_cpu_computes_in_bfloat16_where_it_has_the_instructions(monkeypatch, capabilities, can):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    assert computes_in_bfloat16(CPU) is can


def test_this_cpu_has_an_answer():
    assert isinstance(computes_in_bfloat16(CPU), bool)
