"""Colours for a terminal, as ANSI SGR sequences (ECMA-48, 8.3.117)."""

from __future__ import annotations

from ssot_lint.findings import Level

_LEVELS: dict[Level, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}


class Paint:
    """Paints text, or leaves it as it is where colour is off."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def level(self, level: Level, text: str) -> str:
        """`text` in the colour of a level."""
        return self._paint(_LEVELS[level], text)

    def bold(self, text: str) -> str:
        """`text` in bold."""
        return self._paint("1", text)

    def faint(self, text: str) -> str:
        """`text` that frames the rest: gutters, arrows."""
        return self._paint("34", text)

    def _paint(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self._on and text else text
