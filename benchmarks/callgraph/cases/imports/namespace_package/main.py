from space.inner.tools import work

work()
