from . import base
from .. import base as base_module


def go():
    base()
    base_module.base()
