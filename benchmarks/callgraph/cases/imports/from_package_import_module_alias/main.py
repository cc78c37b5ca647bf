from pkg import tools as t
t.work()
