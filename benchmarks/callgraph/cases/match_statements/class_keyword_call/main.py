from dataclasses import dataclass


@dataclass
class Push:
    action: object


@dataclass
class Pull:
    action: object
    amount: int = 0


def on_push():
    return 1


def on_pull():
    return 2


def run(event):
    match event:
        case Push(action=act):
            return act()
        case Pull(act, amount=0):
            return act()


run(Push(on_push))
run(Pull(on_pull))
