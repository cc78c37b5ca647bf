"""From the facts of modules to the call graph: names, values, calls, callbacks, phases."""
