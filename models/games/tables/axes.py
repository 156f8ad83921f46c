"""Values per pattern of presence of some segments, with an axis for each segment, so that they broadcast.

Rows (2^k, ...) hold one pattern of k segments each: bit i of the index is 1 where the i-th segment is present.
"""

from collections.abc import Hashable, Sequence

from torch import Tensor


def along(rows: Tensor, own: Sequence[Hashable], among: Sequence[Hashable]) -> Tensor:
    """Return rows of the patterns of `own`, one axis per segment of `among`, the last one first.

    The axes have length 2 (absent, present), or 1 where the segment is not one of `own`.
    """
    return rows.view(*(2 if segment in own else 1 for segment in reversed(among)), *rows.shape[1:])


def restrict(rows: Tensor, pattern: Sequence[int]) -> Tensor:
    """Return the part of rows of which the segments of the first axes are present as in the pattern."""
    for bit in pattern:
        rows = rows[bit if len(rows) == 2 else 0]
    return rows
