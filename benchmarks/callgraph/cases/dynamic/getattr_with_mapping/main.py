class Robot:
    def left(self):
        return "l"

    def right(self):
        return "r"


COMMANDS = {"L": "left", "R": "right"}


def drive(robot, text):
    for letter in text:
        getattr(robot, COMMANDS[letter])()


drive(Robot(), "LR")
