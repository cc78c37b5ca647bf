def fail(): raise ValueError
def handled(): pass
def finished(): pass
try:
    fail()
except (KeyError, ValueError):
    handled()
finally:
    finished()
