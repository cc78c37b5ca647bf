from pkg.core import run
from .core import Engine as Core
