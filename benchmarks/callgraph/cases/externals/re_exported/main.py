from tools import sqrt

sqrt(4)
