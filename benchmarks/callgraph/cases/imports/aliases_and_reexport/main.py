import pkg.core as core
from pkg import run as go, Core as Engine

core.run()
go()
Engine().boot()
