"""A stage in a process of its own: how long it takes, and the most memory that it holds.

What counts is the time of the processor, of one thread, so that whatever else the machine does hardly matters.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

STATUS = Path("/proc/self/status")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Measured:
    """What a stage counted, its seconds, and its peak of resident memory in bytes; all None where it did not end."""

    count: int | None = None
    seconds: float | None = None
    peak: int | None = None

    def __str__(self) -> str:
        if self.seconds is None or self.peak is None:
            return "did not end"
        return f"{self.seconds:.1f} s, {self.peak / 1e6:,.0f} MB, {self.count:,} counted"


def run(stage: str, folder: Path, limit: float, *further: str) -> Measured:
    """Run a stage, "module:function" of this package, on a folder; one that fails or takes too long did not end."""
    command = [sys.executable, "-m", __name__, stage, str(folder), *further]
    environment = {**os.environ, **ONE_THREAD}
    try:
        ended = subprocess.run(command, timeout=limit, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return Measured()
    return Measured(**json.loads(ended.stdout.splitlines()[-1]))


def peak() -> int:
    """Return the most memory that this process has held, in bytes."""
    # getrusage() would include that of the process which started this one.
    (line,) = [line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return 1024 * int(line.split()[1])


def main(stage: str, folder: str, *further: str) -> None:
    """Run a stage in this process, and print what was measured; its imports are not in the seconds."""
    module, _, function = stage.partition(":")
    work = getattr(import_module(f"{__package__}.{module}"), function)
    started = time.process_time()
    count = work(Path(folder), *further)
    print(json.dumps({"count": count, "seconds": time.process_time() - started, "peak": peak()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
