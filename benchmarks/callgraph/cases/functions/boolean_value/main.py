def fallback():
    pass


chosen = None
run = chosen or fallback
run()
