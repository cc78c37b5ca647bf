def body():
    return 1


def otherwise():
    return 2


def found():
    return 3


def search(items, wanted):
    for item in items:
        if item == wanted:
            found()
            break
    else:
        otherwise()


def run():
    for _ in []:
        body()
    else:
        otherwise()
    for _ in ():
        body()
    while False:
        body()
    else:
        otherwise()
    search([1, 2], 2)
    search([1, 2], 3)


run()
