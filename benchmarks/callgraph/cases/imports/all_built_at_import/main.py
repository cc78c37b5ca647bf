from tools import *  # noqa: F403

work()  # noqa: F405
helper()  # noqa: F405
