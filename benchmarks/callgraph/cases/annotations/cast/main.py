import logging
from typing import cast


class Loud(logging.Logger):
    def shout(self):
        return self.name


class Quiet(logging.Logger):
    def shout(self):
        return self.name


def whisper(logger):
    return logger.shout()


logging.setLoggerClass(Loud)
cast(Loud, logging.getLogger("one")).shout()
cast("Loud", logging.getLogger("two")).shout()
whisper(cast(Loud, Quiet("three")))
