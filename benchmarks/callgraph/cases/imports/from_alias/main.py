from tools import work as run

run()
