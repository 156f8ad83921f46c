"""What can be wrong with a run's records."""

from veracity_bench.errors import UserError


class RecordsError(UserError):
    """Records that cannot be read or that break the schema; the message is one sentence."""
