from .a import *
from .b import *

from .a import __all__ as a_all
from .b import __all__ as b_all

__all__ = []
__all__ += a_all
__all__.extend(b_all)
