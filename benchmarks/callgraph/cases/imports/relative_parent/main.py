from pkg.sub.inner import start

start()
