"""What a handler is: takes the frame, the arguments, the site and the receiver, and gives the result.

None as the result means that the models (or nobody) know better.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Value, Values

Handler: TypeAlias = Callable[[Frame, Arguments, int, "Value | None"], "Values | None"]
