from pkg.tools import work
