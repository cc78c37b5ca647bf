def work():
    return 1


(lambda: work())()
