from pkg.sub.deep import go

go()
