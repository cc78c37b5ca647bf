def work():
    pass


alias = work
other = alias
other()
