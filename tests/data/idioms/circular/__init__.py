from idioms.circular import second
from idioms.circular.first import First
from .second import Second
from . import third as third_party

__all__ = ["First", "Second"]
