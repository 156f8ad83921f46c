"""What may be wrong with the segments that a user chooses."""

from veracity_bench.errors import UserError


class SegmentsError(UserError):
    """Segments that do not fit what the classifier takes; the message names both and what to do."""
