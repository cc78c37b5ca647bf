from tools import *  # noqa: F403

work()  # noqa: F405
