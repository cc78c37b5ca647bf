class Worker:
    def work(self):
        return rest()


def rest():
    return None


class Boss:
    def work(self):
        return plan()


def plan():
    return None


staff = {"w": Worker(), "b": Boss()}
for name, person in staff.items():
    person.work()
{name: person.work() for name, person in staff.items()}
