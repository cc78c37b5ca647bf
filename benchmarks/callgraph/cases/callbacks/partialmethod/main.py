from functools import partialmethod


class Light:
    def switch(self, state):
        pass

    turn_on = partialmethod(switch, True)


Light().turn_on()
