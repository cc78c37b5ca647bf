def read():
    return ""


for line in iter(read, ""):
    pass
