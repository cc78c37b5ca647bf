from pkg import load

load()
