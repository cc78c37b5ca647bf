from first import work

work()
