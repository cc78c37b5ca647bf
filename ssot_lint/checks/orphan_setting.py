"""SSOT204."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Violation
from ssot_lint.settings.environments import is_deployed, stem_of_id
from ssot_lint.settings.mappings import lists_that_hand_on, unmapped
from ssot_lint.settings.mentions import may_be_read
from ssot_lint.settings.model import FILLED_IN, Setting, Settings
from ssot_lint.settings.needed import needed_settings
from ssot_lint.settings.outside import is_known_outside
from ssot_lint.settings.provisioning import unprovisioned
from ssot_lint.settings.python_file import PART
from ssot_lint.settings.spelling import ALIKE, is_renamed, under_another_name
from ssot_lint.settings.supply import listing, related, suppliers
from ssot_lint.settings.unused_secrets import unused

_GIVING = frozenset({"gcloud", "cloud-run", "env-vars-file", "terraform", "ecs-task", "copilot", "app-runner"})
_TO_OWN_CODE = frozenset({"gcloud", "cloud-run", "python-mapping"})
"""The kinds whose services are the project's own: no image of others is given it."""


class Rule:
    """Mapped or configured, and nothing reads or requires it.

    ## What it does

    Looks for the names of mappings, environment files and tables of deploy scripts in everything that the project
    reads: code, wrappers, f-string keys, settings classes, compose files, scripts. It speaks of a name only if no other
    file so much as mentions it, no well-known library or platform reads it, and most of the names beside it are read.
    That a file hands it to a service is no mention. A name that is given, where the code reads the same one with
    another word before it that nothing gives, or many such names with another prefix, is told of with what the code
    reads. Of secrets that are created together it tells, as a note, those that nothing maps or takes where nearly all
    are.

    ## Why is this bad?

    Somebody keeps, rotates and pays for a secret that nothing uses; or the code reads it under another name.

    ## Example

        FAX_GATEWAY_URL=https://fax.example.com     # nobody sends faxes any more

    ## Fix

    Take it out, or read it.

    ## Options

    None.
    """

    code = "SSOT204"
    name = "orphan-setting"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation a mapping (a warning) and one a file of variables (a note); a name is told of once."""
        settings = context.settings
        if not any(each.kind == "code" for each in settings.of("read")):
            return
        places = _places(settings)
        reads = sorted({each.name for each in settings.of("read") if each.kind == "code"})
        handing = lists_that_hand_on(settings)
        needed = {each.name for each in settings.of("required") if (each.path, each.group) not in handing}
        candidates = {
            each.name for found in places.values() for each in found if not _is_read(settings, each, reads, needed)
        }
        defining = {each.path for each in settings.of("mapped", "provisioned") if each.kind != "compose"}
        defining |= {path for path, role in places if role != "deployed"}
        given = _given(settings)
        orphans = candidates - may_be_read(context.project, candidates, defining, given)
        # What nothing creates either is told of for that.
        told = {each.name for missing in unprovisioned(settings) for each in missing.references}
        lacked = {name for each in context.lacking for name in each.names}
        for pairs in _read_otherwise(context, defining, given):
            told |= pairs.keys()
            yield self._renamed(settings, pairs)
        for (_, role), found in sorted(places.items(), key=lambda each: each[0][1] != "mapped"):
            orphaned = list(_few(found, orphans))
            lost = [
                each for each in orphaned if each.name not in told and not _is_told_as_lacking(settings, each, lacked)
            ]
            if lost:
                told |= (names := {each.name for each in lost})
                others = [each for name in sorted(names) for each in settings.named(name) if each not in lost]
                slips = _slips(settings, lost, reads)
                meant = [each for name in slips.values() for each in settings.named(name, ("read",))]
                yield Violation(
                    self.code,
                    self.level if role == "mapped" or len(slips) == len(names) else "note",
                    f"nothing reads {listing(each.name for each in lost)}"
                    + (f"; is {listing(slips.values())} meant, which the code reads?" if slips else ""),
                    lost[0].place,
                    certainty="likely",
                    related=related([*(each for each in meant if each.kind == "code"), *lost[1:], *others]),
                    help="write it as the code reads it" if slips else "take it out, or read it",
                )

        for created in unused(settings, context.project):
            secrets = listing(stem_of_id(each.secret) for each in created)
            yield Violation(
                self.code,
                "note",
                f"nothing maps or takes {'the secret' if len(created) == 1 else 'the secrets'} {secrets}, which "
                f"{'is' if len(created) == 1 else 'are'} created here with those that services take",
                created[0].place,
                certainty="likely",
                related=related(created[1:]),
                help="map it, or create it no more",
            )

    def _renamed(self, settings: Settings, pairs: dict[str, str]) -> Violation:
        places = [each for name in sorted(pairs) for each in settings.named(name, ("mapped", "set", "deployed"))]
        first = min(places, key=lambda each: (each.name, each.path, each.line))
        reads = [each for read in pairs.values() for each in settings.named(read, ("read",)) if each.kind == "code"]
        return Violation(
            self.code,
            self.level,
            f"nothing reads {listing(sorted(pairs))}: the code reads {listing(pairs[name] for name in sorted(pairs))}, "
            "which nothing gives",
            first.place,
            related=related([*reads, *(each for each in places if each != first)]),
            help="give it under the name that the code reads",
        )


def _slips(settings: Settings, lost: Sequence[Setting], reads: Sequence[str]) -> dict[str, str]:
    """Those that are nearly what code reads and is not given there, with that name."""
    found: dict[str, str] = {}
    for each in lost:
        near = difflib.get_close_matches(each.name, reads, 1, ALIKE)
        beside = [one for name in near for one in settings.named(name, ("mapped", "set", "deployed"))]
        if near and not any(one.path == each.path or one.environment == each.environment for one in beside):
            found[each.name] = near[0]
    return found


def _read_otherwise(
    context: CheckContext, defining: set[str], given: Mapping[tuple[str, str], int]
) -> Iterator[dict[str, str]]:
    """Names that are given, with what the code reads in their place; if it can't do without that, that is told of."""
    needed = needed_settings(context.settings)
    groups = under_another_name(context.settings)
    names = [name for group in groups for name in group]
    mentioned = may_be_read(context.project, names, defining, given, as_fields=False)
    for group in groups:
        left = {name: read for name, read in group.items() if name not in mentioned}
        if left and not needed.keys() & left.values():
            yield left


def _given(settings: Settings) -> Counter[tuple[str, str]]:
    """How often a file gives a name to a service that runs code of the project, or may, by path and name."""
    return Counter(
        (each.path, each.name)
        for each in settings.of("set", "deployed")
        if each.kind in _GIVING
        or (each.kind in {"compose", "kubernetes"} and settings.runs.get((each.kind, each.service)))
    )


def _places(settings: Settings) -> dict[tuple[str, str], list[Setting]]:
    """The names that something maps, or that an environment file or a deployment gives, by file."""
    places: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("mapped", "set", "deployed"):
        kinds = _GIVING if each.role == "deployed" else {"env-file", "python-mapping", *FILLED_IN}
        is_told = each.role == "mapped" or each.kind in kinds or _is_handed_to_code(settings, each)
        if is_told and not (each.is_pattern or each.is_past or each.name.startswith("--")):
            places[each.path, each.role].append(each)
    return places


def _is_handed_to_code(settings: Settings, setting: Setting) -> bool:
    """Whether Kustomize makes it part of an object that only workloads take whose code is known."""
    takers = settings.takers.get(setting.group, frozenset()) if setting.kind == "kustomize" else frozenset()
    return bool(takers) and all(settings.runs.get(("kubernetes", each)) for each in takers)


def _few(found: list[Setting], orphans: set[str]) -> Iterator[Setting]:
    """Those that nothing reads of the tables of a file of which most is read: another table is no mapping."""
    tables: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in found:
        group = each.group if each.kind == "helm-values" else each.group.partition(PART)[0]
        tables[each.service if each.role == "deployed" else group].append(each)
    for table in tables.values():
        lost = [each for each in table if each.name in orphans]
        if 2 * len({each.name for each in lost}) < len({each.name for each in table}):
            yield from lost


def _is_read(settings: Settings, setting: Setting, reads: Sequence[str], needed: Collection[str]) -> bool:
    is_wanted = setting.name in needed or bool(settings.named(setting.name, ("read",)))
    named = is_wanted or _is_of_others(settings, setting, reads)
    return named or (setting.kind == "kubernetes" and _is_taken(settings, setting))


def _is_of_others(settings: Settings, setting: Setting, reads: Sequence[str]) -> bool:
    """Whether a library may read a name by itself; what is nearly a name that code `reads` is that one misspelt."""
    if not is_known_outside(setting.name, in_own_code=setting.kind in _TO_OWN_CODE):
        return False
    near = difflib.get_close_matches(setting.name, reads, 1, ALIKE)
    return not near or any(each.path == setting.path for each in settings.named(near[0], ("mapped", "set")))


def _is_told_as_lacking(settings: Settings, orphan: Setting, lacked: set[str]) -> bool:
    """Whether it is nearly the name of what lacks there, which other rules tell of."""
    if difflib.get_close_matches(orphan.name, lacked, 1, ALIKE):
        return True
    needed = needed_settings(settings)
    alike = [*difflib.get_close_matches(orphan.name, needed, 1, ALIKE), *filter(partial(is_renamed, orphan), needed)]
    deployed = {each.environment for each in settings.of("set", "deployed") if is_deployed(each.environment)}
    environments = {orphan.environment} if orphan.environment else deployed | {""}
    lacking = [each for each in alike if any(not suppliers(settings, each, where) for where in environments)]
    unmapped_names = {one.name for each in unmapped(settings) for one in each.required}
    is_unmapped = any(is_renamed(orphan, each) for each in unmapped_names)
    return bool(lacking or is_unmapped or difflib.get_close_matches(orphan.name, unmapped_names, 1, ALIKE))


def _is_taken(settings: Settings, setting: Setting) -> bool:
    """Whether a container takes a key of an object, or another one, which the object lacks and which may be meant."""
    taken = [each for each in settings.of("deployed") if each.kind == "kubernetes" and each.secret]
    own = [each for each in taken if each.secret == f"{setting.group}/{setting.name}"]
    if own:
        # What is handed over under its own name to code that is known may be read by nothing.
        return any(each.name != setting.name or not settings.runs.get(("kubernetes", each.service)) for each in own)
    held = {each.secret for each in settings.of("provisioned")}
    missing = [each.secret for each in taken if each.secret not in held]
    return any(each.startswith(f"{setting.group}/") or each.endswith(f"/{setting.name}") for each in missing)
