import a.b.c

a.b.c.f()
x = a.b
x.c.f()
