"""What a measurement of time has to say of the machine; nothing that names it."""

import platform
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("captum", "lime", "numpy", "scikit-learn", "shap", "torch")


def machine() -> dict[str, str | dict[str, str]]:
    """Return processor, system and versions."""
    versions = {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}
    return {
        "processor": processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": versions,
    }


def processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return the processor's model, as far as the system tells."""
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(models), "") or platform.processor() or platform.machine()
