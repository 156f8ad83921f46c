"""What a user can put right."""

from veracity_bench.printable import printable


class UserError(ValueError):
    """Base of all errors that a user can put right: shown as one sentence, without a traceback."""

    def __str__(self) -> str:
        """Return the sentence, which may quote names and texts of others."""
        return printable(super().__str__())
