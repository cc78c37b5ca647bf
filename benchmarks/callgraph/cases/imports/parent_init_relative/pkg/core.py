from . import util


def run():
    util.help()
