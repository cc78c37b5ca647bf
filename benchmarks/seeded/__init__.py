"""How many faults that stop a start the rules find, put into real programs one at a time."""
