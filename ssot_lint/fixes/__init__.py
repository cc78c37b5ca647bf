"""Rewrites that mend findings, a module each, named as `Edit.rewrite` names them.

Its `rewrite(edit, target, module, definitions)` asks `module` (an `EditedModule`) for what is to change, or raises
`Refused` where it can't be sure that the program will do what it should.
"""
