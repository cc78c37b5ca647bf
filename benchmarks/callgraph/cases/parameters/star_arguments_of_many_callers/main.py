class Context:
    def run0(self):
        pass

    def run1(self):
        pass

    def run2(self):
        pass

    def run3(self):
        pass

    def run4(self):
        pass

    def run5(self):
        pass

    def run6(self):
        pass

    def run7(self):
        pass

    def run8(self):
        pass

    def run9(self):
        pass

    def run10(self):
        pass

    def run11(self):
        pass

    def run12(self):
        pass

    def run13(self):
        pass

    def run14(self):
        pass

    def run15(self):
        pass

    def run16(self):
        pass

    def run17(self):
        pass

    def run18(self):
        pass

    def run19(self):
        pass


class Queue:
    def call(self, name, *args, **kwargs):
        function = TABLE[name]
        function(*args, **kwargs)


def step0(first, second):
    second.run0()


def step1(first, second):
    second.run1()


def step2(first, second):
    second.run2()


def step3(first, second):
    second.run3()


def step4(first, second):
    second.run4()


def step5(first, second):
    second.run5()


def step6(first, second):
    second.run6()


def step7(first, second):
    second.run7()


def step8(first, second):
    second.run8()


def step9(first, second):
    second.run9()


def step10(first, second):
    second.run10()


def step11(first, second):
    second.run11()


def step12(first, second):
    second.run12()


def step13(first, second):
    second.run13()


def step14(first, second):
    second.run14()


def step15(first, second):
    second.run15()


def step16(first, second):
    second.run16()


def step17(first, second):
    second.run17()


def step18(first, second):
    second.run18()


def step19(first, second):
    second.run19()


TABLE = {
    "0": step0,
    "1": step1,
    "2": step2,
    "3": step3,
    "4": step4,
    "5": step5,
    "6": step6,
    "7": step7,
    "8": step8,
    "9": step9,
    "10": step10,
    "11": step11,
    "12": step12,
    "13": step13,
    "14": step14,
    "15": step15,
    "16": step16,
    "17": step17,
    "18": step18,
    "19": step19,
}
queue = Queue()
context = Context()
queue.call("0", 0, second=context)
queue.call("1", 1, context)
queue.call("2", 2, second=context)
queue.call("3", 3, context)
queue.call("4", 4, second=context)
queue.call("5", 5, context)
queue.call("6", 6, second=context)
queue.call("7", 7, context)
queue.call("8", 8, second=context)
queue.call("9", 9, context)
queue.call("10", 10, second=context)
queue.call("11", 11, context)
queue.call("12", 12, second=context)
queue.call("13", 13, context)
queue.call("14", 14, second=context)
queue.call("15", 15, context)
queue.call("16", 16, second=context)
queue.call("17", 17, context)
queue.call("18", 18, second=context)
queue.call("19", 19, context)
