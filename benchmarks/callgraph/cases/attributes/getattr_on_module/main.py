import tools

getattr(tools, "work")()
name = "rest"
getattr(tools, name)()
