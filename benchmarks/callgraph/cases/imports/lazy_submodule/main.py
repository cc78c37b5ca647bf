import toolkit


def run():
    toolkit.hammer()
    toolkit.saws.cut()
    from toolkit import hammer
    hammer()


run()
