def manager():
    try:
        yield work
    finally:
        clean()
def work(): pass
def clean(): pass
for each in manager():
    each()
