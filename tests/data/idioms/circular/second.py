from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from idioms.circular.first import First


class Second:
    def __init__(self, first: First | None = None):
        self.first = first

    def another(self) -> First:
        from idioms.circular.first import First

        return First()
