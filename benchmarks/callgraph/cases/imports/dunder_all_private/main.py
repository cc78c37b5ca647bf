from pkg import *

_hidden()
