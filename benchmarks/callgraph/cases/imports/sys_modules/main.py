import sys

import tools  # noqa: F401

sys.modules["tools"].work()
