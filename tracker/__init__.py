"""责任分解落实台账: a desktop tracker of duties for a county supervision office."""

__version__ = "0.1.0"
