try:
    from missing_module import work
except ImportError:
    from tools import work

work()
