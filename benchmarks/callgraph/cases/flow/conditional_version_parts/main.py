import sys
from sys import version_info


def modern():
    pass


def ancient():
    pass


if sys.version_info[:2] >= (3, 6):
    modern()
else:
    ancient()
if version_info < (3, 7):
    ancient()
handler = ancient if version_info[:2] == (2, 7) else modern
handler()
