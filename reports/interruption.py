"""Every signal that asks a run to end is an interrupt, after which what was measured is still written."""

import signal
from collections.abc import Callable
from types import FrameType

ENDING = [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if name in signal.Signals.__members__]


def interrupt_on_every_signal() -> Callable[[], None]:
    """Let the signals that would end the process at once raise KeyboardInterrupt; return what undoes it.

    Those that are ignored, as under nohup, stay so.
    """
    return _handle(signal.default_int_handler, [one for one in ENDING if signal.getsignal(one) == signal.SIG_DFL])


def ignore_every_signal() -> Callable[[], None]:
    """Let nothing but a kill disturb what follows; return what undoes it."""
    return _handle(_ignore, ENDING)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing: unlike SIG_IGN, processes that are started meanwhile do not inherit it."""


def _handle(handler: Callable[[int, FrameType | None], None], signals: list[signal.Signals]) -> Callable[[], None]:
    try:
        before = {one: signal.signal(one, handler) for one in signals}
    except ValueError:  # pytest runs in another thread than the main one, which alone may handle signals
        before = {}

    def undo() -> None:
        for one, old in before.items():
            signal.signal(one, old)

    return undo
