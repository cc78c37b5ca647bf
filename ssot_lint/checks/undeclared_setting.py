"""SSOT206."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Level, Related, Site, Span, Violation
from ssot_lint.settings.called_workflows import calls, unknown, workflows_of
from ssot_lint.settings.chart_values import unvalued
from ssot_lint.settings.compose_names import undefined
from ssot_lint.settings.examples import forgotten
from ssot_lint.settings.interpolated import untold
from ssot_lint.settings.manifest_names import unnamed_ports
from ssot_lint.settings.mentions import exported, may_be_declared
from ssot_lint.settings.model import UNKNOWN, Role, Runner, Setting, Settings
from ssot_lint.settings.needed import are_unnamed_secrets, hardly_among_secrets, left_to_developers, needed_settings
from ssot_lint.settings.run_modules import needed_by
from ssot_lint.settings.run_scripts import starving
from ssot_lint.settings.spelling import misspelt_in, nearly, with_another_prefix
from ssot_lint.settings.substitutions import unsubstituted
from ssot_lint.settings.supply import listing, related, says
from ssot_lint.settings.terraform_names import undeclared

_STARTING = frozenset({"import", "startup"})
_LONG_ENOUGH = 6
"""Of a pattern, what it begins with; shorter ones are of anything."""
_DECLARING: tuple[Role, ...] = ("mapped", "declared", "set", "deployed", "required")


class Rule:
    """Code reads a setting that no configuration declares and that has no default.

    ## What it does

    Takes every setting that the program can't do without (`os.environ["K"]`, a field of a settings class without a
    default, `env("K")`, a wrapper that raises) and looks for it in every file that declares, sets, maps or deploys
    settings. It speaks only where those files declare most of what the code needs. What a start needs and only
    developers are given, by a compose file or an example, is told where services are deployed with nearly all else. So
    is, as a warning, what a compose file takes with `${NAME:?}` and an example or a step of a pipeline forgets, and the
    secrets and inputs of a workflow that another one of the project calls without them, or under other names, what a
    workflow uses of its inputs and does not declare, what a script stops without that a step does not give it, and what
    the code needs where it is developed and an example of an environment file lacks that has nearly all else. Names
    that configuration uses and does not declare are warnings: variables, locals, resources, outputs of modules and
    instances by a key that Terraform uses and nothing has, services, volumes and the like that compose files name and
    none defines, substitutions that a build of Cloud Build uses beside those that it declares, ports that probes and
    services of Kubernetes ask for and no container has, and values of a Helm chart under a name that is nearly another
    one's.

    ## Why is this bad?

    The program stops where it reads the setting: at import, at startup, or when the first request needs it.

    ## Example

        REGION = os.environ["MAPS_REGION"]     # in no environment file, manifest or deploy command

    ## Fix

    Declare it where the other settings stand, or give it a default.

    ## Options

    `[[sources]]` names files that declare settings and are not found by themselves.
    """

    code = "SSOT206"
    name = "undeclared-setting"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for all such settings of one function or class, and for those that a compose file takes."""
        yield from self._of_code(context)
        yield from self._of_compose(context)
        yield from self._of_workflows(context)
        yield from self._of_examples(context)
        yield from self._of_names(context)

    def _of_names(self, context: CheckContext) -> Iterator[Violation]:
        """What Terraform, compose files, builds, manifests and charts use by a name that is declared nowhere."""
        for of_terraform in undeclared(context.project):
            said = f"`{of_terraform.name}` is used here, and {of_terraform.where} declares no such {of_terraform.kind}"
            yield self._of_name(said, of_terraform.places, of_terraform.meant)
        for of_compose in undefined(context.project):
            said = f"there is no {of_compose.kind} `{of_compose.name}`, which a service here asks for"
            yield self._of_name(said, of_compose.places, of_compose.meant)
        for of_build in unsubstituted(context.project):
            said = f"`{of_build.name}` is used here, and this build declares no such substitution"
            others = (Related(of_build.last, "the last that it declares"),)
            yield self._of_name(said, of_build.places, of_build.meant, others)
        for of_manifest in unnamed_ports(context.project):
            said = f"no container here has a port `{of_manifest.name}`"
            yield self._of_name(said, of_manifest.places, of_manifest.meant)
        for of_chart in unvalued(context.project):
            said = f"`.Values.{of_chart.name}` is used here, and this chart has no such value"
            yield self._of_name(said, of_chart.places, of_chart.meant)

    def _of_name(self, said: str, places: Sequence[Span], meant: str, others: Sequence[Related] = ()) -> Violation:
        return Violation(
            self.code,
            "warning",
            said + (f"; is `{meant}` meant?" if meant else ""),
            places[0],
            related=(*(Related(each, "and here") for each in places[1:]), *others),
            help="use the name that is declared, or declare this one",
        )

    def _of_examples(self, context: CheckContext) -> Iterator[Violation]:
        """What examples of environment files have forgotten."""
        for fault in forgotten(context.settings):
            yield Violation(
                self.code,
                "warning",
                f"{fault.last.path} lacks {listing(fault.names)}: the code needs "
                f"{'it' if len(fault.names) == 1 else 'them'}, and whoever copies this file starts without",
                fault.last.place,
                related=(
                    *nearly(misspelt_in(context.settings, fault.last.path, fault.names)),
                    *related(fault.reads),
                    *related(fault.elsewhere),
                ),
                help="name it here too, or give it a default in the code",
            )

    def _of_workflows(self, context: CheckContext) -> Iterator[Violation]:
        """What calls of workflows do not give these, or give them and they do not take."""
        workflows = list(workflows_of(context.project))
        for call in calls(workflows):
            lacks = f"does not give {listing(call.missing)}" if call.missing else ""
            gives = f"gives {listing(call.unknown)}, which it does not take" if call.unknown else ""
            yield Violation(
                self.code,
                "warning",
                f"this call of {call.path} {' and '.join(filter(None, (lacks, gives)))}",
                call.place,
                related=(Related(call.taken, "says what it takes"),),
                help="name the same secrets and inputs in the call and in what is called",
            )

        for step in starving(context.project, workflows, partial(needed_by, context.project, context.library)):
            yield Violation(
                self.code,
                "warning",
                f"this step does not give {listing(name for name, _ in step.reads)}, which {step.script} needs",
                step.place,
                related=tuple(Related(place, f"reads `{name}`, and stops without it") for name, place in step.reads),
                help="give it in the `env` of the step, of the job or of the workflow",
            )
        for each in unknown(workflows):
            yield Violation(
                self.code,
                "warning",
                f"{listing(each.names)} {'is' if len(each.names) == 1 else 'are'} empty: the workflow has none such",
                each.place,
                related=(Related(each.taken, "says what there is"),),
                help="use the name that is declared, or declare this one",
            )

    def _of_compose(self, context: CheckContext) -> Iterator[Violation]:
        """What compose files take and some place forgets that gives them nearly all else."""
        found = list(untold(context.settings))
        taking = {each.path for fault in found for each in fault.reads}
        names = {each.name for fault in found if fault.place is None for each in fault.reads}
        # What code can't do without either is told where that reads it, and what several files take at the first.
        told = may_be_declared(context.project, names, taking)
        told |= {each for each in needed_settings(context.settings) if not context.settings.named(each, _DECLARING)}
        for fault in found:
            reads = [each for each in fault.reads if fault.place is not None or each.name not in told]
            if not reads:
                continue
            told |= {each.name for each in reads}
            names_of, it = listing(each.name for each in reads), "it" if len(reads) == 1 else "them"
            if fault.place is None:
                message = (
                    f"{names_of} {'has' if it == 'it' else 'have'} no default, and nothing gives {it} to this file"
                )
            else:
                what = f"{names_of} {'is' if it == 'it' else 'are'} not given here"
                message = f"{what}, and {reads[0].path} takes {it} from the shell"
            yield Violation(
                self.code,
                "warning",
                message,
                (fault.place or reads[0]).place,
                related=related(reads if fault.place is not None else [*reads[1:], *fault.beside]),
                help="name it where the others stand, or give it a default (`${NAME:-default}`)",
            )

    def _of_code(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for all such settings of one function or class."""
        settings = context.settings
        needed = needed_settings(settings)
        unknown = {name for name in needed if not settings.arrives(name, settings.named(name, _DECLARING))}
        elsewhere = {name for name in unknown if settings.named(name, _DECLARING)}
        unknown -= may_be_declared(context.project, unknown - elsewhere)
        shapes = _undeclared_shapes(settings)
        needed |= shapes
        unknown |= shapes.keys()
        doubtful = hardly_among_secrets(needed.keys() - unknown, lambda name: settings.named(name, _DECLARING))
        others = sorted(needed.keys() - unknown - doubtful)
        declared = [each for name in others for each in settings.named(name, _DECLARING)]
        renamed: dict[str, Setting] = {}
        if len(unknown) * 2 > len(needed):
            # So many may be declared where nobody looked, unless they are, under names with another prefix.
            renamed = with_another_prefix(settings, unknown)
            unknown, doubtful, declared = set(renamed), set(), list(renamed.values())
        if not any(each.kind != "dockerfile" for each in declared):
            return
        for names, is_sure in ((unknown, True), (doubtful, False)):
            for found in _by_fault(settings, needed, names):
                near = nearly(renamed[each.name] for each in found if each.name in renamed)
                yield self._violation(context, needed, declared, found, near, is_sure=is_sure)
        told = {*unknown, *doubtful}
        left = _left_to_developers(context, told)
        yield from self._of_developers(context, left)
        for fault in context.lacking:
            fresh = tuple(name for name in fault.names if name not in {*told, *left})
            if fresh and not fault.environments and not fault.are_secrets:
                help_ = "give it to the service here, or give it a default in the code"
                yield lacking_violation(self.code, self.level, replace(fault, names=fresh), settings, help_=help_)

    def _of_developers(self, context: CheckContext, found: dict[str, list[Setting]]) -> Iterator[Violation]:
        """What a start needs and only developers are given, in a violation for each function or class that reads it."""
        settings = context.settings
        needed = needed_settings(settings)
        for reads in _by_fault(settings, needed, set(found)):
            names = [each.name for each in reads]
            them = "it" if len(names) == 1 else "them"
            yield Violation(
                self.code,
                self.level,
                f"{listing(names)} {'has' if len(names) == 1 else 'have'} no default, and nothing gives {them} "
                "where services are deployed",
                reads[0].place,
                function=reads[0].group,
                related=(*related(reads[1:]), *(one for name in names for one in related(found[name]))),
                help="give it to the services where they are deployed, or give it a default",
            )

    def _violation(
        self,
        context: CheckContext,
        needed: dict[str, list[Setting]],
        declared: list[Setting],
        found: list[Setting],
        near: tuple[Related, ...],
        *,
        is_sure: bool,
    ) -> Violation:
        settings = context.settings
        others = [each for setting in found for each in needed[setting.name][1:]]
        givers = [] if is_sure else [each for one in found for each in settings.named(one.name, ("deployed",))]
        them = "it" if len(found) == 1 else "them"
        whom = _for_whom(settings, found) if is_sure else " by name, as the others"
        return Violation(
            self.code,
            self.level if is_sure and _stops_the_start(context, found) else "warning",
            f"{listing(each.name for each in found)} {'has' if len(found) == 1 else 'have'} no default, and no "
            f"configuration declares {them}{whom}",
            found[0].place,
            function=found[0].group,
            related=(
                *near,
                *related(found[1:]),
                *related(others),
                *related(dict.fromkeys(givers), f"here {them} may stand among secrets that are not named"),
                *_declarations(declared, found),
            ),
            help="declare it where the other settings stand, or give it a default",
        )


def _left_to_developers(context: CheckContext, told: set[str]) -> dict[str, list[Setting]]:
    """What a start needs and only developers are given, with the places that give it to them.

    That a service of theirs lacks it too is the same fault.
    """
    settings = context.settings
    told = told | {name for fault in context.lacking if fault.is_sure for name in fault.names}
    found = {name: places for name, places in left_to_developers(settings).items() if name not in told}
    needed = needed_settings(settings)
    made = exported(context.project, found)
    return {
        name: places for name, places in found.items() if name not in made and _stops_the_start(context, needed[name])
    }


def _undeclared_shapes(settings: Settings) -> dict[str, list[Setting]]:
    """The patterns of names that code can't do without, of which nothing declares one: `f"OAUTH_SECRET_{where}"`."""
    reads: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("read"):
        if each.is_pattern and each.kind == "code":
            reads[each.name].append(each)
    names = {each.name for each in settings.of(*_DECLARING) if not each.is_pattern}
    return {
        pattern: places
        for pattern, places in reads.items()
        if all(each.need == "required" for each in places)
        and len(pattern.partition(UNKNOWN)[0]) >= _LONG_ENOUGH
        and not settings.named(pattern, _DECLARING)
        and not any(fnmatchcase(name, pattern) for name in names)
    }


def _by_fault(settings: Settings, needed: dict[str, list[Setting]], names: set[str]) -> Iterator[list[Setting]]:
    """The first read of each name, by the function or class that reads it, in source order.

    What is declared and does not come to a service is one fault of that service, whatever reads it.
    """
    groups: defaultdict[tuple[object, ...], list[Setting]] = defaultdict(list)
    for name in sorted(names):
        places = settings.named(name, _DECLARING)
        without = settings.lacking(name, places) if places else []
        first = next((each for each in needed[name] if _is_run_by(settings, each, without)), needed[name][0])
        groups[tuple(without) or (first.path, first.group)].append(first)
    for found in groups.values():
        yield sorted(found, key=lambda each: (each.path, each.place.at if isinstance(each.place, Site) else each.line))


def _is_run_by(settings: Settings, read: Setting, services: Iterable[Runner]) -> bool:
    modules = {module for each in services for module in settings.runs.get(each, ())}
    return isinstance(read.place, Site) and read.place.module in modules


def _for_whom(settings: Settings, found: list[Setting]) -> str:
    """The services that run the code, where others are given the settings."""
    declarations = {each.name: settings.named(each.name, _DECLARING) for each in found}
    if not all(declarations.values()):
        return ""
    lacking = [runner for name, places in declarations.items() for runner in settings.lacking(name, places)]
    services = sorted({service for _, service in lacking})
    return f" for the service{'s' if len(services) > 1 else ''} {listing(services)}" if services else ""


def _stops_the_start(context: CheckContext, found: list[Setting]) -> bool:
    """Whether they are read at import or at startup: by a module, a settings class, a function that runs then."""
    place, group = found[0].place, found[0].group
    if not isinstance(place, Site):
        return True
    facts = context.library.get(place.module)
    is_class = isinstance(facts, ModuleFacts) and any(
        each.qualname == group and each.kind == "class" for each in facts.scopes
    )
    # A class is made where its module is imported, or by what that calls.
    symbol = f"{place.module}.{group}" if group and not is_class else place.module
    return any(
        reach is not None and reach.phase in _STARTING
        for node in context.graph.nodes.values()
        if node.symbol == symbol
        for reach in node.reach
    )


def _declarations(declared: list[Setting], found: list[Setting]) -> Iterator[Related]:
    """The files that declare the other settings, each once."""
    names = listing(each.name for each in found)
    files = {each.path: each for each in reversed(declared) if not are_unnamed_secrets([each])}
    for path in sorted(files):
        yield Related(files[path].place, f"{says(files[path])}, but has no {names}")
