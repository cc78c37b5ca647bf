from pkg.tools import tools
