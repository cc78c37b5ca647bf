from dataclasses import dataclass, replace


def wait():
    pass


def hurry():
    pass


@dataclass(frozen=True)
class Options:
    hook: object = None
    name: str = ""


patient = Options(hook=wait)
eager = replace(patient, hook=hurry)
renamed = replace(eager, name="eager")


def first():
    patient.hook()


def second():
    eager.hook()


def third():
    renamed.hook()


first()
second()
third()
