"""SSOT207."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.environments import is_deployed, is_environment
from ssot_lint.settings.lacks import Lacking
from ssot_lint.settings.mappings import Unmapped, unmapped
from ssot_lint.settings.model import Setting, Settings, may_be_same
from ssot_lint.settings.needed import hardly_supplied
from ssot_lint.settings.python_file import PART
from ssot_lint.settings.spelling import misspelt, nearly
from ssot_lint.settings.supply import gives_value, listing, related, suppliers
from ssot_lint.settings.terraform_variables import lacks

_FEW = 5
"""What lacks a fifth of what it has was not meant to have the rest."""
_LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class _Gap:
    """What a file lacks, its own settings, the level of that, and what the code does with it."""

    own: list[Setting]
    missing: list[Setting]
    level: Level
    does: str

    @property
    def names(self) -> set[str]:
        return {each.name for each in self.missing}

    @property
    def is_deployed(self) -> bool:
        return is_deployed(self.own[0].environment)


def _tells(fault: Lacking, gap: _Gap) -> bool:
    """Whether what services lack is what a file lacks: of deployed ones, if it is that file which should give it."""
    path = gap.own[0].path
    return gap.names <= set(fault.names) and (not gap.is_deployed or any(e.path == path for e in fault.deployments))


class Rule:
    """A setting that one environment has and another lacks.

    ## What it does

    Compares the environment files, the values of Helm charts and tables of variables in Python that stand side by side
    (`staging.env`, `production.env`, …). A setting that the code can't do without is reported where one of them lacks
    it; any other where all the rest have it and the code has no default for it. One that has a default, or that one
    other environment has, is a note, where the file has nearly all else. What a deployment injects is not lacking. So
    are compared what one service is given in two environments, and what its code needs, and what files of variables
    give to Terraform that has no default for it.

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
        """One violation for the same names that files of a family lack, and one for what services lack."""
        settings = context.settings
        told: list[Unmapped | Lacking] = [*unmapped(settings), *context.lacking]
        for fault in context.lacking:
            if not fault.are_secrets and fault.environments:
                help_ = "give it to the service here too, or give it a default in the code"
                yield lacking_violation(self.code, "error", fault, settings, help_=help_)
        for family in _families(settings):
            alike: defaultdict[tuple[str, ...], list[_Gap]] = defaultdict(list)
            for path in family:
                for gap in self._gaps(settings, family, path, told):
                    if not any(_tells(one, gap) for one in context.lacking):
                        alike[tuple(sorted(gap.names))].append(gap)
            yield from (self._violation(settings, family, gaps) for gaps in alike.values())
        for lack in lacks(context.project):
            yield Violation(
                self.code,
                self.level,
                f"{lack.path} lacks {listing(lack.names)}, which {listing(lack.others)} "
                f"{'give' if len(lack.others) > 1 else 'gives'}; without a default Terraform asks for it, or stops",
                lack.place,
                related=tuple(Related(each, "is declared without a default") for each in lack.declared),
                help="give it here too, or give the variable a default",
            )

    def _gaps(
        self,
        settings: Settings,
        family: dict[str, list[Setting]],
        path: str,
        told: Sequence[Unmapped | Lacking],
    ) -> Iterator[_Gap]:
        """What a file or a table lacks that others of its family have, for each level."""
        own = family[path]
        environment = own[0].environment
        missing = _missing(family, path)
        unlikely = hardly_supplied(settings, environment)
        gaps = [each for each in missing if not _arrives(settings, each, own[0])]
        gaps = [each for each in gaps if not _stands_empty(settings, each, environment)]
        gaps = [each for each in gaps if not any(one.speaks_of(each.name, environment) for one in told)]
        gaps = [each for each in gaps if not _has_another(settings, each.name, environment)]
        needs = {each.name: _need(settings, each.name, environment) for each in gaps}
        required = [each for each in gaps if needs[each.name] == "required"]
        if required:
            yield _Gap(own, required, "error" if is_deployed(environment) else self.level, "needs")
        if not is_deployed(environment):
            return
        doubtful = [each for each in missing if each.name in unlikely]
        bare = [each for each in gaps if needs[each.name] == "bare"]
        unsure = [each for each in bare if _rest_has(family, path, each)]
        few = [each for each in bare if each not in unsure]
        optional = [each for each in gaps if needs[each.name] == "optional"]
        # Tables of a deploy script are written side by side.
        by_default = [each for each in optional if own[0].kind == "python-mapping" or _rest_has(family, path, each)]
        # What stands here misspelt, and so is read by nothing, is told of as that.
        slips = {each.name for each in few + by_default if _is_misspelt(settings, each, own)}
        few, by_default = ([each for each in some if each.name not in slips] for some in (few, by_default))
        if len(few + by_default) * _FEW > len({each.name for each in own}):
            few, by_default = [], []  # it is made in another way
        for names, level, does in (
            (doubtful, self.level, "needs"), (unsure, self.level, "reads"), (few, "note", "reads"),
            (by_default, "note", "has a default for"),
        ):  # fmt: skip
            if names:
                yield _Gap(own, names, level, does)

    def _violation(self, settings: Settings, family: dict[str, list[Setting]], gaps: list[_Gap]) -> Violation:
        """One violation of what several files of a family lack; it stands where that matters most."""
        gaps = sorted(gaps, key=lambda each: _LEVELS.index(each.level))
        first, own = gaps[0], gaps[0].own
        lacking = [each.own[0].environment for each in gaps]
        paths = {each.own[0].path for each in gaps}
        alike = [each for each in misspelt(settings, first.names, lacking) if each.path in paths]
        having = [each for places in family.values() for each in places if each.name in first.names]
        environments = sorted({each.environment for each in having})
        them = "them" if len(first.names) > 1 else "it"
        return Violation(
            self.code,
            first.level,
            f"{_together(lacking)} {'lack' if len(lacking) > 1 else 'lacks'} "
            f"{listing(each.name for each in first.missing)}, which {listing(environments)} "
            f"{'have' if len(environments) > 1 else 'has'}; the code {first.does} {them}",
            own[0].place,
            related=(
                *nearly(alike),
                Related(own[-1].place, "the last setting of the file"),
                *related(each.own[0] for each in gaps[1:]),
                *related(having),
            ),
            help="set it here, have it injected, or give it a default in the code"
            if first.does != "has a default for"
            else "set it here too, if the default is not meant",
        )


def _together(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _families(settings: Settings) -> Iterator[dict[str, list[Setting]]]:
    """What differs only in its environment: files by path, as their names tell, and tables in one of Python."""
    families: defaultdict[str, defaultdict[str, list[Setting]]] = defaultdict(lambda: defaultdict(list))
    for each in settings.of("set"):
        if each.kind in {"env-file", "helm-values"} and each.environment:
            families[_without_environment(each.path)][each.path].append(each)
        elif each.kind == "python-mapping" and each.environment:
            symbol = each.group.partition(PART)[0]  # a function may return one table for each environment
            families[f"{each.path}:{symbol}:{each.service}"][each.environment].append(each)
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


def _has_another(settings: Settings, name: str, environment: str) -> bool:
    """Whether code reads a name only where others are not given, and one of those is given in the environment."""
    reads = [each for each in settings.named(name, ("read",)) if each.kind == "code" and not each.is_pattern]
    others = {other for each in reads for other in each.instead}
    given = [each for each in settings.of("mapped", "set", "deployed") if gives_value(each)]
    return all(each.instead for each in reads) and any(
        may_be_same(each.environment, environment) and fnmatchcase(each.name, other)
        for other in others
        for each in given
    )


def _stands_empty(settings: Settings, gap: Setting, environment: str) -> bool:
    """Whether something has the name there and leaves it empty, which is told of as that."""
    places = settings.named(gap.name, ("set", "deployed"))
    return any(each.environment == environment and each.value_state == "empty" for each in places)


def _is_misspelt(settings: Settings, gap: Setting, own: list[Setting]) -> bool:
    return any(each.path == own[0].path for each in misspelt(settings, [gap.name], [own[0].environment]))


def _need(settings: Settings, name: str, environment: str) -> str:
    """How the code reads it there: `required` beats `bare`, and one default is enough to do without; else empty."""
    reads = [each for each in settings.named(name, ("read",)) if each.kind == "code" and each.may_be_in(environment)]
    needs = {each.need for each in reads}
    if "optional" in needs and not any(each.insists for each in reads):
        return "optional"
    if not needs:
        return ""
    return "required" if "required" in needs else "bare"


def _rest_has(family: dict[str, list[Setting]], path: str, gap: Setting) -> bool:
    rest = [found for other, found in family.items() if other != path]
    return len(rest) > 1 and all(any(each.name == gap.name for each in found) for found in rest)
