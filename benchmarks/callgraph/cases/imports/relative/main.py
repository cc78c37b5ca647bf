from pkg.first import start

start()
