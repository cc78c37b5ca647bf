import importlib
import lib

importlib.reload(lib)
lib.f()
m = __import__("lib")
m.f()
