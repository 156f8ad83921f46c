"""What can be wrong with a run's records."""

from veracity_bench.errors import UserError

LONGEST = 500  # characters of a sentence that may quote what somebody else's file holds


class RecordsError(UserError):
    """Records or a report that cannot be read or that break the schema; the message is one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(one_line(sentence))


def one_line(text: str) -> str:
    """Return a text that may quote others in one line of printable characters, cut to a length."""
    line = "".join(letter if letter.isprintable() else "?" for letter in " ".join(text[: 2 * LONGEST].split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ..."
