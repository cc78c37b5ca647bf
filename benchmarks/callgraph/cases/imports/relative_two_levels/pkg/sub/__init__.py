from ..base import base
