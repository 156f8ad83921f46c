"""The folders at the top of the repository are rooms of the package: `models/` is `veracity_bench.models`."""

from setuptools import find_packages, setup

ROOMS = ("models", "explainers", "fixtures", "benchmarks", "reports")

setup(
    packages=[
        "veracity_bench",
        "veracity_bench.conformance",
        *(f"veracity_bench.{package}" for package in find_packages(include=[f"{room}*" for room in ROOMS])),
    ],
    package_dir={"veracity_bench": "veracity_bench", **{f"veracity_bench.{room}": room for room in ROOMS}},
)
