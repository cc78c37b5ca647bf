def one(): pass
def two(): pass
handler = one
def run(callback=handler): callback()
handler = two
run()
handler()
