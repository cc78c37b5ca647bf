from .tools import *  # noqa: F403
