def work():
    pass


value: "work()" = 1
work()
