"""What a measurement of time depends on in the machine; nothing that names it."""

import platform
from pathlib import Path

from veracity_bench.fixtures.run.manifest import versions


def machine() -> dict[str, str | dict[str, str]]:
    """Return processor, system and versions."""
    return {
        "processor": processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": versions(),
    }


def processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return the processor's model, as far as the system shows it."""
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(models), "") or platform.processor() or platform.machine()
