"""Which rules a run checks, by code or prefix of a code."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def choose(known: Collection[str], select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes that are selected (all, if nothing selects) and not ignored.

    The longer of two prefixes that fit a code decides, as in ruff; of two of the same length, `ignore` does.
    """
    select = select or ("",)
    return frozenset(code for code in known if _longest(code, select) > _longest(code, ignore))


def unknown(known: Collection[str], prefixes: Sequence[str]) -> list[int]:
    """The indices of those prefixes that fit no code."""
    return [index for index, prefix in enumerate(prefixes) if not any(code.startswith(prefix) for code in known)]


def _longest(code: str, prefixes: Sequence[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
