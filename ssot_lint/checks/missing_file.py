"""SSOT211."""

from __future__ import annotations

import difflib
import posixpath
from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.copied_files import uncopied
from ssot_lint.settings.named_files import Missing, missing
from ssot_lint.settings.settings_modules import without_module
from ssot_lint.settings.spelling import ALIKE


class Rule:
    """A deployment names a file of the project that is not there.

    ## What it does

    Takes the files that workflows, Cloud Build and compose files name, and those that deploy scripts name as
    Dockerfiles: scripts that steps run, workflows and actions of the project that they call, Dockerfiles, files of
    values and of variables that commands take, files that compose files include or extend, environment files of
    services that share a folder with others, the module from which Django is told to take its settings, and what
    Dockerfiles copy where all else is there that they copy. It tells of one that is not there where its folder is.
    Nothing is said of what `.gitignore` names, of what the same file makes, fetches or asks for first, of commands
    behind `cd`, of jobs that check out something else, of what a build makes, and of tests and examples.

    ## Why is this bad?

    The step fails, or the service is not built: the file has another name by now, or is gone.

    ## Example

        - run: python scripts/deploy_gcp.py --environment staging     # it is scripts/deploy_to_gcp.py now

    ## Fix

    Name the file that is there, or bring it back.

    ## Options

    None.
    """

    code = "SSOT211"
    name = "missing-file"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for each file that is not there, with all places that name it."""
        found: defaultdict[str, list[Missing]] = defaultdict(list)
        for each in (*missing(context.project), *uncopied(context.project)):
            found[each.path].append(each)
        paths = [*context.project.others, *(each.path for each in context.project.modules.values())] if found else []
        for path, (first, *others) in sorted(found.items()):
            folder = posixpath.dirname(path)
            beside = [each for each in paths if posixpath.dirname(each) == folder]
            near = difflib.get_close_matches(path, beside, 1, ALIKE)
            yield Violation(
                self.code,
                self.level,
                f"there is no `{path}`, and {first.what}" + (f"; is `{near[0]}` meant?" if near else ""),
                first.place,
                certainty="likely",
                related=tuple(Related(each.place, f"{each.what} too") for each in others),
                help="name the file that is there, or bring it back",
            )
        for place in without_module(context.settings, context.project):
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` names a module here that this project does not have",
                place.place,
                certainty="likely",
                help="name the module that is there, or bring it back",
            )
