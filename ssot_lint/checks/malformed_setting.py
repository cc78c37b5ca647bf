"""SSOT210."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Related, Site, Violation
from ssot_lint.settings.called_workflows import workflows_of
from ssot_lint.settings.choices import refused
from ssot_lint.settings.environments import is_deployed
from ssot_lint.settings.model import PIPELINES, Form, Setting, Settings
from ssot_lint.settings.supply import listing, related
from ssot_lint.settings.units import in_other_units, is_of_code

_TAKEN: dict[Form, frozenset[Form]] = {
    "int": frozenset({"bit", "int"}),
    "float": frozenset({"bit", "int", "float"}),
    "bool": frozenset({"bit", "bool"}),
}
_WORDS: dict[Form, str] = {"int": "a whole number", "float": "a number", "bool": "true or false"}


class Rule:
    """A value can't be read as what the code makes of it, or is a thousand times what it is elsewhere.

    ## What it does

    Takes the settings that code makes numbers of (`int(os.environ["K"])`, `env.int("K")`, `cast=int`, a wrapper that
    does, a field of a settings class that is an `int`, a `float` or a `bool`), and looks for values that are none where
    they are set and deployed: texts, and numbers with a unit. What a `try` around it takes, or a validator changes
    before, is left out, and so are names that may be those of secrets, whose values are not looked at. Of times, as
    their names tell them, it compares the numbers with those of other environments and with the defaults of the code:
    what is exactly a thousand times as much is milliseconds, and a warning. So is what a step of a workflow gives to an
    option of the project's own command that takes only others (`choices`).

    ## Why is this bad?

    The program stops where it reads the setting, in that environment alone.

    ## Example

        TIMEOUT = int(os.environ["TIMEOUT_SECONDS"])

        # config/production.env
        TIMEOUT_SECONDS=30s

    ## Fix

    Write the value in the form that the code reads.

    ## Options

    None.
    """

    code = "SSOT210"
    name = "malformed-setting"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for each place that gives such a value."""
        settings = context.settings
        reads = [each for each in settings.of("read") if each.kind == "code" and each.form and not each.is_pattern]
        yield from self._of_other_units(settings)
        yield from self._of_choices(context)
        told: set[object] = set()
        for name in sorted({each.name for each in reads}):
            for place in settings.named(name, ("set", "deployed")):
                if place.form in {"", "bit"} or place.kind in PIPELINES or place.is_pattern or place.place in told:
                    continue
                own = [each for each in reads if each.name == name and _comes_to(settings, place, each)]
                failing = [each for each in own if place.form not in _TAKEN[each.form]]
                if failing and is_of_code(settings, place):
                    told.add(place.place)
                    yield self._violation(place, failing)

    def _of_other_units(self, settings: Settings) -> Iterator[Violation]:
        """One violation for each name of a time that has two units."""
        for place, usual in in_other_units(settings):
            where = f" in {place.environment}" if is_deployed(place.environment) else ""
            yield Violation(
                self.code,
                "warning",
                f"{listing([place.name])} is a thousand times{where} what it is elsewhere: milliseconds for seconds?",
                place.place,
                related=related(usual),
                help="give all of them in the unit that the code takes",
            )

    def _of_choices(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for each value that a step of a workflow gives to an option which takes others."""
        for each in refused(context.project, context.library, workflows_of(context.project)):
            yield Violation(
                self.code,
                "warning",
                f"`{each.option}` does not take `{each.value}`: it is one of {listing(each.choices)}",
                each.place,
                related=(Related(each.declared, "declares the option"),),
                help="give it one of these, or add the value to them",
            )

    def _violation(self, place: Setting, reads: list[Setting]) -> Violation:
        form = reads[0].form
        where = f" in {place.environment}" if is_deployed(place.environment) else ""
        is_at_start = any(each.at_import or each.any_case for each in reads)
        return Violation(
            self.code,
            self.level if is_at_start else "warning",
            f"{listing([place.name])} is not {_WORDS[form]}{where}, and the code makes one of it"
            if form != "bool"
            else f"{listing([place.name])} is neither true nor false{where}, and the code reads it as one of them",
            place.place,
            related=related(reads),
            help=f"write {_WORDS[form]}" + (", without a unit" if place.unit else ""),
        )


def _comes_to(settings: Settings, place: Setting, read: Setting) -> bool:
    """Whether what a place gives may come to code that reads it."""
    if place.environment and not read.may_be_in(place.environment):
        return False
    modules = next((found for (_, name), found in settings.runs.items() if name == place.service), None)
    return modules is None or not isinstance(read.place, Site) or read.place.module in modules
