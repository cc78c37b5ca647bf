from __future__ import annotations

from typing import TYPE_CHECKING

import shop

if TYPE_CHECKING:
    from tools import Hammer


def work(tool: Hammer):
    tool.use()


work(eval("shop.tools.Hammer()"))
