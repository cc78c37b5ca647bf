import tools

vars(tools)["work"]()
tools.__dict__["other"]()
