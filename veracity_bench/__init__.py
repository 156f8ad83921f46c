"""A benchmark of explanation methods for audio classifiers."""

__version__ = "0.1.0"
