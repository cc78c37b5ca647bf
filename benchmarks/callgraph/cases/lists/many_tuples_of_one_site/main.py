queue = []


def defer(function, value):
    queue.append((function, value))


def run():
    while queue:
        function, value = queue.pop(0)
        function(value)


def step0(value):
    pass


def step1(value):
    pass


def step2(value):
    pass


def step3(value):
    pass


def step4(value):
    pass


def step5(value):
    pass


def step6(value):
    pass


def step7(value):
    pass


def step8(value):
    pass


def step9(value):
    pass


def step10(value):
    pass


def step11(value):
    pass


def step12(value):
    pass


def step13(value):
    pass


def step14(value):
    pass


def step15(value):
    pass


defer(step0, 0)
defer(step1, 1)
defer(step2, 2)
defer(step3, 3)
defer(step4, 4)
defer(step5, 5)
defer(step6, 6)
defer(step7, 7)
defer(step8, 8)
defer(step9, 9)
defer(step10, 10)
defer(step11, 11)
defer(step12, 12)
defer(step13, 13)
defer(step14, 14)
defer(step15, 15)
run()
