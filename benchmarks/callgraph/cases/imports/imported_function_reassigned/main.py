from lib import f, g

f()
f = g
f()
