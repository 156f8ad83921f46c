"""Damage to the bytes of a file and to the files of a folder."""

import os


def mutated(content, rng, others=()):
    """Return other bytes: one to three changes of a bit, of a stretch, of the end, or what another file holds."""
    for _ in range(rng.randint(1, 3)):
        content = rng.choice(CHANGES)(content, rng)
    return rng.choice(others) if others and rng.random() < 0.05 else content


def _flip(content, rng):
    at = rng.randrange(len(content) or 1)
    return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :] if content else b"\0"


def _cut(content, rng):
    return content[: rng.randrange(len(content) + 1)]


def _insert(content, rng):
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.randbytes(rng.randint(1, 40)) + content[at:]


def _repeat(content, rng):
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * rng.randint(1, 3) + content[end:]


def _zeros(content, rng):
    start, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + bytes(end - start) + content[end:]


def _near_the_start(content, rng):
    return _flip(content[:64], rng) + content[64:]


CHANGES = (_flip, _cut, _insert, _repeat, _zeros, _near_the_start)


def damage(folder, rng):
    """Damage a file of a folder, and return in words how."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    file, how = rng.choice(files), rng.choice(("change", "change", "delete", "exchange", "folder", "link", "empty"))
    if how == "exchange":
        other = rng.choice([one for one in files if one != file])
        ours, theirs = file.read_bytes(), other.read_bytes()
        file.write_bytes(theirs)
        other.write_bytes(ours)
    elif how in ("change", "empty"):
        content = file.read_bytes()
        file.write_bytes(mutated(content, rng) if how == "change" else b"")
    else:
        file.unlink()
        if how == "folder":
            file.mkdir()
        if how == "link":
            file.symlink_to(os.devnull)
    return f"{how} {file.relative_to(folder)}"
