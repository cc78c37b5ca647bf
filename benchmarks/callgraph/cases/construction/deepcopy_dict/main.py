import copy


def save():
    pass


def skip():
    pass


HOOKS = {"save": save}
quiet = copy.deepcopy(HOOKS)
quiet["save"] = skip


def normal():
    HOOKS["save"]()


def silent():
    quiet["save"]()


normal()
silent()
