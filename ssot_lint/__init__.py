"""Contracts about calls: which line breaks one, in which phase, by which chain from which entry point."""

__version__ = "0.1.0"
