import lazy

lazy.work()
