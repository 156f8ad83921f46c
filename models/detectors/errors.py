"""What may be wrong with a detector."""

from veracity_bench.errors import UserError


class DetectorError(UserError):
    """Something is wrong with a detector or its weights; the message names it and what to do."""


class NotFactorableError(TypeError):
    """A layer, or a window over too many segments, that only plain forward passes can evaluate."""
