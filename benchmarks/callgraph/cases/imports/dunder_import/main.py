tools = __import__("tools")
tools.work()
