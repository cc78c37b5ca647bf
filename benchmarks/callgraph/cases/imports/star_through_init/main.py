from pkg import *  # noqa: F403

work()  # noqa: F405
