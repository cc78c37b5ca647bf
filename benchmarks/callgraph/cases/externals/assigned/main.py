import math

root = math.sqrt
root(4)
