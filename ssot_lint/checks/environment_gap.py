"""SSOT207."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.environments import is_deployed, is_environment
from ssot_lint.settings.lacks import Lacking
from ssot_lint.settings.mappings import Unmapped, unmapped
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.needed import hardly_supplied
from ssot_lint.settings.spelling import misspelt, nearly
from ssot_lint.settings.supply import listing, related, suppliers


class Rule:
    """A setting that one environment has and another lacks.

    ## What it does

    Compares the environment files, the values of Helm charts and tables of variables in Python that stand side by side
    (`staging.env`, `production.env`, …). A setting that the code
    can't do without is reported where one of them lacks it; any other only where all the rest have it and the code has
    no default for it. What a deployment injects is not lacking. So are compared what one service is given in two
    environments, and what its code needs.

    ## Why is this bad?

    What works in one environment fails in the next.

    ## Example

        # staging.env              # production.env
        QUEUE_URL=https://…

    ## Fix

    Set it in the file that lacks it, or give it a default in the code.

    ## Options

    `[[sources]]` with an `environment` says of a file which environment it describes.
    """

    code = "SSOT207"
    name = "environment-gap"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for each file that lags behind, for each level."""
        settings = context.settings
        told: list[Unmapped | Lacking] = [*unmapped(settings), *context.lacking]
        for fault in context.lacking:
            if not fault.are_secrets and fault.environments:
                help_ = "give it to the service here too, or give it a default in the code"
                yield lacking_violation(self.code, "error", fault, settings, help_=help_)
        for family in _families(settings):
            for path, own in family.items():
                missing = _missing(family, path)
                unlikely = hardly_supplied(settings, own[0].environment)
                gaps = [each for each in missing if not _arrives(settings, each, own[0])]
                gaps = [each for each in gaps if not any(e.speaks_of(each.name, own[0].environment) for e in told)]
                required = [each for each in gaps if _need(settings, each.name, own[0].environment) == "required"]
                doubtful = [each for each in missing if each.name in unlikely]
                bare = [each for each in gaps if _need(settings, each.name, own[0].environment) == "bare"]
                unsure = [each for each in bare if _rest_has(family, path, each)]
                if required:
                    level: Level = "error" if is_deployed(own[0].environment) else "warning"
                    yield self._violation(settings, family, own, required, level)
                if doubtful and is_deployed(own[0].environment):
                    yield self._violation(settings, family, own, doubtful, self.level)
                if unsure and is_deployed(own[0].environment):
                    yield self._violation(settings, family, own, unsure, self.level)

    def _violation(
        self,
        settings: Settings,
        family: dict[str, list[Setting]],
        own: list[Setting],
        gaps: list[Setting],
        level: Level,
    ) -> Violation:
        names = {each.name for each in gaps}
        alike = [each for each in misspelt(settings, names, [own[0].environment]) if each.path == own[0].path]
        having = [each for places in family.values() for each in places if each.name in names]
        environments = sorted({each.environment for each in having})
        what = "needs them" if len(names) > 1 else "needs it"
        return Violation(
            self.code,
            level,
            f"{own[0].environment} lacks {listing(each.name for each in gaps)}, which "
            f"{listing(environments)} {'have' if len(environments) > 1 else 'has'}; the code {what}",
            own[0].place,
            related=(*nearly(alike), Related(own[-1].place, "the last setting of the file"), *related(having)),
            help="set it here, have it injected, or give it a default in the code",
        )


def _families(settings: Settings) -> Iterator[dict[str, list[Setting]]]:
    """What differs only in its environment: files by path, as their names tell, and tables in one of Python."""
    families: defaultdict[str, defaultdict[str, list[Setting]]] = defaultdict(lambda: defaultdict(list))
    for each in settings.of("set"):
        if each.kind in {"env-file", "helm-values"} and each.environment:
            families[_without_environment(each.path)][each.path].append(each)
        elif each.kind == "python-mapping" and each.environment:
            families[f"{each.path}:{each.group}:{each.service}"][each.environment].append(each)
    return (family for family in families.values() if len(family) > 1)


def _without_environment(path: str) -> str:
    return re.sub(r"[A-Za-z0-9]+", lambda word: "*" if is_environment(word[0]) else word[0], path)


def _missing(family: dict[str, list[Setting]], path: str) -> list[Setting]:
    """What other files of the family have; names that speak of an environment are that one's own affair."""
    shapes = {_without_environment(each.name.replace("_", "/")) for each in family[path]}
    found: dict[str, Setting] = {}
    for other, settings in family.items():
        for each in settings if other != path else ():
            shape = _without_environment(each.name.replace("_", "/"))
            if shape not in shapes and "*" not in shape and each.value_state != "empty":
                found.setdefault(each.name, each)
    return list(found.values())


def _arrives(settings: Settings, gap: Setting, own: Setting) -> bool:
    return bool(suppliers(settings, gap.name, own.environment))


def _need(settings: Settings, name: str, environment: str) -> str:
    """How the code reads it there: `required` beats `bare`, and one default is enough to do without."""
    reads = [each for each in settings.named(name, ("read",)) if each.kind == "code" and each.may_be_in(environment)]
    needs = {each.need for each in reads}
    if ("optional" in needs and not any(each.insists for each in reads)) or not needs:
        return ""
    return "required" if "required" in needs else "bare"


def _rest_has(family: dict[str, list[Setting]], path: str, gap: Setting) -> bool:
    rest = [found for other, found in family.items() if other != path]
    return len(rest) > 1 and all(any(each.name == gap.name for each in found) for found in rest)
