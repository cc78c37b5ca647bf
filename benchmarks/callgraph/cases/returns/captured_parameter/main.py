def prepared(call):
    if callable(call):
        return call

    def inner():
        return call.run()

    return inner


class Task0:
    def __call__(self):
        pass

    def stop(self):
        pass


def use0():
    task = prepared(Task0())
    task()
    task.stop()


class Task1:
    def __call__(self):
        pass

    def stop(self):
        pass


def use1():
    task = prepared(Task1())
    task()
    task.stop()


class Task2:
    def __call__(self):
        pass

    def stop(self):
        pass


def use2():
    task = prepared(Task2())
    task()
    task.stop()


class Task3:
    def __call__(self):
        pass

    def stop(self):
        pass


def use3():
    task = prepared(Task3())
    task()
    task.stop()


class Task4:
    def __call__(self):
        pass

    def stop(self):
        pass


def use4():
    task = prepared(Task4())
    task()
    task.stop()


class Task5:
    def __call__(self):
        pass

    def stop(self):
        pass


def use5():
    task = prepared(Task5())
    task()
    task.stop()


class Task6:
    def __call__(self):
        pass

    def stop(self):
        pass


def use6():
    task = prepared(Task6())
    task()
    task.stop()


class Task7:
    def __call__(self):
        pass

    def stop(self):
        pass


def use7():
    task = prepared(Task7())
    task()
    task.stop()


class Task8:
    def __call__(self):
        pass

    def stop(self):
        pass


def use8():
    task = prepared(Task8())
    task()
    task.stop()


class Task9:
    def __call__(self):
        pass

    def stop(self):
        pass


def use9():
    task = prepared(Task9())
    task()
    task.stop()


class Task10:
    def __call__(self):
        pass

    def stop(self):
        pass


def use10():
    task = prepared(Task10())
    task()
    task.stop()


class Task11:
    def __call__(self):
        pass

    def stop(self):
        pass


def use11():
    task = prepared(Task11())
    task()
    task.stop()


class Task12:
    def __call__(self):
        pass

    def stop(self):
        pass


def use12():
    task = prepared(Task12())
    task()
    task.stop()


class Task13:
    def __call__(self):
        pass

    def stop(self):
        pass


def use13():
    task = prepared(Task13())
    task()
    task.stop()


class Task14:
    def __call__(self):
        pass

    def stop(self):
        pass


def use14():
    task = prepared(Task14())
    task()
    task.stop()


class Task15:
    def __call__(self):
        pass

    def stop(self):
        pass


def use15():
    task = prepared(Task15())
    task()
    task.stop()


class Task16:
    def __call__(self):
        pass

    def stop(self):
        pass


def use16():
    task = prepared(Task16())
    task()
    task.stop()


class Task17:
    def __call__(self):
        pass

    def stop(self):
        pass


def use17():
    task = prepared(Task17())
    task()
    task.stop()


class Task18:
    def __call__(self):
        pass

    def stop(self):
        pass


def use18():
    task = prepared(Task18())
    task()
    task.stop()


class Task19:
    def __call__(self):
        pass

    def stop(self):
        pass


def use19():
    task = prepared(Task19())
    task()
    task.stop()


use0()
use1()
use2()
use3()
use4()
use5()
use6()
use7()
use8()
use9()
use10()
use11()
use12()
use13()
use14()
use15()
use16()
use17()
use18()
use19()
