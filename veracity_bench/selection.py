"""What a run has left out of the benchmark, in words: a board of a part must not pass for a whole one."""

LeftOut = tuple[int, int, int]  # experiments left out, of how many, items left out of the others


def in_words(left_out: LeftOut) -> str:
    """Return "" where nothing was left out."""
    missing, experiments, items = left_out
    counted = {f"{missing} of {experiments} experiments": missing, f"{items} items": items}
    words = " and ".join(words for words, count in counted.items() if count)
    return f"a part of the benchmark, without {words}" if words else ""
