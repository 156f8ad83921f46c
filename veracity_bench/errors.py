"""What a user can put right, and how it ends a command: in one sentence, without a traceback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import shorten

from veracity_bench.printable import printable

LONGEST = 300  # characters of a message of other people's code


class UserError(ValueError):
    """Base of all errors that a user can put right: shown as one sentence, without a traceback."""

    def __str__(self) -> str:
        """Return the sentence, which may quote names and texts of others."""
        return printable(super().__str__())


@contextmanager
def user_errors(kind: Callable[[str], BaseException]) -> Iterator[None]:
    """Raise `kind`, such as SystemExit, with the sentence of a UserError, or of what the system refuses."""
    try:
        yield
    except UserError as error:
        raise kind(str(error)) from error
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = f"{error.strerror or error}; look at its name, its permissions and the room on its disk"
        raise kind(f"{place}{reason}") from error


def in_words(error: BaseException) -> str:
    """Return the kind of an error and the first line of its message, cut short, as one clause of a sentence."""
    lines = (line.strip() for line in str(error).splitlines())
    message = shorten(next(filter(None, lines), ""), LONGEST, placeholder=" ...")
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
