def tcp():
    return 1


def udp():
    return 2


CONFIG = {"net": {"tcp": {"handler": tcp}, "udp": {"handler": udp}}}


def get(proto):
    return CONFIG["net"][proto]["handler"]


get("tcp")()
get("udp")()
