"""What a user can put right."""


class UserError(ValueError):
    """Base of all errors that a user can put right: shown as one sentence, without a traceback."""
