from os import path
import os.path as p

path.join("a", "b")
p.exists(p.dirname("x"))
f = p.basename
f("y")
