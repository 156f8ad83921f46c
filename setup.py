"""The folders at the top of the repository are rooms of the package: `models/` is `veracity_bench.models`."""

from setuptools import find_namespace_packages, find_packages, setup

ROOMS = ("models", "explainers", "fixtures", "benchmarks", "reports")
DATA = ("models.weights", "fixtures.synthetic_songs*")  # folders without a module, which setuptools takes for packages

package = find_packages(include=["veracity_bench*"])
rooms = [*find_packages(include=[f"{room}*" for room in ROOMS]), *find_namespace_packages(include=DATA)]
setup(
    packages=[*package, *(f"veracity_bench.{room}" for room in rooms)],
    package_dir={"veracity_bench": "veracity_bench", **{f"veracity_bench.{room}": room for room in ROOMS}},
)
