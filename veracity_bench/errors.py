"""What a user can put right."""


class UserError(ValueError):
    """Base of all errors that a user can put right: shown as one sentence, without a traceback."""


def in_words(error: BaseException) -> str:
    """Return the kind of an error and the first line of its message, as one clause of a sentence."""
    lines = (line.strip() for line in str(error).splitlines())
    message = next(filter(None, lines), "")
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
