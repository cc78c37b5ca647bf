from lib import *

public()
try:
    hidden()
except NameError:
    pass
