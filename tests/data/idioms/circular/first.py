from __future__ import annotations

import idioms.circular.second as other
from idioms.circular import third


class First:
    def partner(self) -> other.Second:
        return other.Second(self)

    def third(self):
        return third.make(self)
