def chosen(first, second):
    return first or second


class First0:
    def run(self):
        pass


class Second0:
    def run(self):
        pass


class First1:
    def run(self):
        pass


class Second1:
    def run(self):
        pass


class First2:
    def run(self):
        pass


class Second2:
    def run(self):
        pass


class First3:
    def run(self):
        pass


class Second3:
    def run(self):
        pass


class First4:
    def run(self):
        pass


class Second4:
    def run(self):
        pass


class First5:
    def run(self):
        pass


class Second5:
    def run(self):
        pass


class First6:
    def run(self):
        pass


class Second6:
    def run(self):
        pass


class First7:
    def run(self):
        pass


class Second7:
    def run(self):
        pass


class First8:
    def run(self):
        pass


class Second8:
    def run(self):
        pass


class First9:
    def run(self):
        pass


class Second9:
    def run(self):
        pass


class First10:
    def run(self):
        pass


class Second10:
    def run(self):
        pass


class First11:
    def run(self):
        pass


class Second11:
    def run(self):
        pass


class First12:
    def run(self):
        pass


class Second12:
    def run(self):
        pass


class First13:
    def run(self):
        pass


class Second13:
    def run(self):
        pass


class First14:
    def run(self):
        pass


class Second14:
    def run(self):
        pass


class First15:
    def run(self):
        pass


class Second15:
    def run(self):
        pass


class First16:
    def run(self):
        pass


class Second16:
    def run(self):
        pass


class First17:
    def run(self):
        pass


class Second17:
    def run(self):
        pass


class First18:
    def run(self):
        pass


class Second18:
    def run(self):
        pass


class First19:
    def run(self):
        pass


class Second19:
    def run(self):
        pass


def use0():
    chosen(First0(), Second0()).run()
    chosen(None, Second0()).run()


def use1():
    chosen(First1(), Second1()).run()
    chosen(None, Second1()).run()


def use2():
    chosen(First2(), Second2()).run()
    chosen(None, Second2()).run()


def use3():
    chosen(First3(), Second3()).run()
    chosen(None, Second3()).run()


def use4():
    chosen(First4(), Second4()).run()
    chosen(None, Second4()).run()


def use5():
    chosen(First5(), Second5()).run()
    chosen(None, Second5()).run()


def use6():
    chosen(First6(), Second6()).run()
    chosen(None, Second6()).run()


def use7():
    chosen(First7(), Second7()).run()
    chosen(None, Second7()).run()


def use8():
    chosen(First8(), Second8()).run()
    chosen(None, Second8()).run()


def use9():
    chosen(First9(), Second9()).run()
    chosen(None, Second9()).run()


def use10():
    chosen(First10(), Second10()).run()
    chosen(None, Second10()).run()


def use11():
    chosen(First11(), Second11()).run()
    chosen(None, Second11()).run()


def use12():
    chosen(First12(), Second12()).run()
    chosen(None, Second12()).run()


def use13():
    chosen(First13(), Second13()).run()
    chosen(None, Second13()).run()


def use14():
    chosen(First14(), Second14()).run()
    chosen(None, Second14()).run()


def use15():
    chosen(First15(), Second15()).run()
    chosen(None, Second15()).run()


def use16():
    chosen(First16(), Second16()).run()
    chosen(None, Second16()).run()


def use17():
    chosen(First17(), Second17()).run()
    chosen(None, Second17()).run()


def use18():
    chosen(First18(), Second18()).run()
    chosen(None, Second18()).run()


def use19():
    chosen(First19(), Second19()).run()
    chosen(None, Second19()).run()


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
