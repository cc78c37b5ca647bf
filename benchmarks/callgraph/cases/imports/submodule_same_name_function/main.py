import pkg.work

pkg.work.work()
from pkg.work import work as w

w()
