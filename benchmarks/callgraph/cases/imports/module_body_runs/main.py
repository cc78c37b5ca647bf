import tools

tools.value
