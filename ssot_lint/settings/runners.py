"""What workloads of Kubernetes and services of compose files lack of what the code needs that they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ssot_lint.project.paths import parent
from ssot_lint.settings.environments import is_deployed, words_of_environments
from ssot_lint.settings.lacks import Code, Lacking, has_the_rest
from ssot_lint.settings.model import Runner, Setting, Settings
from ssot_lint.settings.names import may_be_secret

_RUNNERS = {"kubernetes": frozenset({"kubernetes", "kustomize", "helm-values"}), "compose": frozenset({"compose"})}
"""The kinds that give something to services that their own files say how to run."""
_FEWEST = 3
_NEARLY_ALL = 0.75
_EVERYWHERE = frozenset({"dockerfile", "env-file"})


def of_runners(settings: Settings, code: Code, told: Collection[str], alone: Collection[str]) -> Iterator[Lacking]:
    """What workloads of Kubernetes and services of compose files lack of what their code needs, less what is told.

    What a service has in one of the files `alone` is all that it is given where that one is used.
    """
    faults: defaultdict[tuple[str, ...], list[tuple[Runner, Setting]]] = defaultdict(list)
    views = {file: settings.alone(file) for file in sorted(alone)}
    for runner in sorted(settings.runs):
        kinds = _RUNNERS.get(runner[0], frozenset())
        for view in _where_it_is(settings, runner, views):
            modules = view.runs[runner]
            own = [each for each in view.of("deployed", "set") if each.kind in kinds and each.service == runner[1]]
            own = own or [each for bare, each in settings.bare.items() if bare == runner] or _taken_whole(view, runner)
            if not own or runner in view.open:
                continue
            environment = _environment(view, runner, own)
            # What speaks of an environment is needed in that one.
            needed = (name for name in code.needed_by(modules, runner) if not words_of_environments(name))
            # Who uses a compose file that tells no environment is a developer.
            here = environment or ("development" if runner[0] == "compose" else "")
            wanted = [name for name in needed if code.needs(name, here)]
            missing = tuple(name for name in wanted if not _reach(view, name, runner))
            read = (name for name in code.read_of(settings, modules) if _reach(view, name, runner))
            lost = _in_a_file_that_nothing_names(view, runner, wanted, missing) or _lost_its_file(view, runner, missing)
            lost = lost or _lost_its_object(view, runner, missing)
            fewer = _lost_its_variables(view, runner, missing)
            if lost or (missing and (has_the_rest(wanted, missing, read) or fewer)):
                names = tuple(name for name in lost or missing if name not in told)
                faults[names].append((runner, _place(settings, view, runner, own, names)))
    for names, found in faults.items():
        if not names:
            continue
        reads = tuple(each for name in names for each in code.needed[name])
        elsewhere = tuple(each for name in names for each in settings.named(name, ("mapped", "deployed", "set")))
        # Where a developer runs it, nothing is down.
        is_sure = any(kind != "compose" or is_deployed(place.environment) for (kind, _), place in found)
        yield Lacking(names, False, tuple(place for _, place in found), (), elsewhere, reads, is_sure)
    yield from _of_environments(settings, code, told)


def _taken_whole(settings: Settings, runner: Runner) -> list[Setting]:
    """What the objects and the files hold that are handed whole to a workload or a service, as given to it."""
    if runner[0] == "kubernetes":
        groups = {group for group, workloads in settings.takers.items() if runner[1] in workloads}
        held = [each for each in settings.of("set", "mapped") if each.group in groups]
    else:
        files = {file for file, runners in settings.handed.items() if runner in runners}
        held = [each for each in settings.of("set") if each.path in files]
    return [replace(each, service=runner[1]) for each in held]


def _of_environments(settings: Settings, code: Code, told: Collection[str]) -> Iterator[Lacking]:
    """What the objects of one environment lack that workloads take whole, and those of another have."""
    faults: defaultdict[tuple[tuple[str, ...], str, bool], list[Setting]] = defaultdict(list)
    for runner, modules in sorted(settings.runs.items()):
        is_workload = runner[0] == "kubernetes"
        own = {group for group, workloads in settings.takers.items() if is_workload and runner[1] in workloads}
        held = [each for each in settings.of("mapped", "provisioned", "set") if each.group in own]
        environments = sorted({each.environment for each in held if is_deployed(each.environment)})
        wanted = code.needed_by(modules, runner) if len(environments) > 1 else []
        for environment in environments:
            given = {name: _reach(settings, name, runner) for name in wanted if code.needs(name, environment)}
            missing = [
                name
                for name, places in given.items()
                if name not in told and places and not any(e.environment in {"", environment} for e in places)
            ]
            secrets = [name for name in missing if any(each.secret for each in given[name])]
            for alike in (secrets, [name for name in missing if name not in secrets]):
                if alike and has_the_rest(given, missing):
                    there = [each for each in held if each.environment == environment]
                    place = ([each for each in there if bool(each.secret) is (alike is secrets)] or there)[-1]
                    faults[tuple(alike), environment, alike is secrets].append(replace(place, service=runner[1]))
    for (names, environment, are_secrets), places in faults.items():
        reads = tuple(each for name in names for each in code.needed[name])
        elsewhere = tuple(each for name in names for each in settings.named(name, ("mapped", "set")))
        yield Lacking(names, are_secrets, tuple(places), (environment,), elsewhere, reads, True)


def _lost_its_object(settings: Settings, runner: Runner, missing: Collection[str]) -> tuple[str, ...]:
    """What a workload lacks and an object has that another workload takes whole, if that is nearly all of it."""
    if runner[0] != "kubernetes":
        return ()
    others = [group for group, workloads in settings.takers.items() if group and runner[1] not in workloads]
    held = [
        tuple(name for name in missing if any(_is_in(each, group) for each in settings.named(name))) for group in others
    ]
    most = max(held, key=len, default=())
    return most if len(most) >= max(_FEWEST, _NEARLY_ALL * len(missing)) else ()


def _is_in(setting: Setting, group: str) -> bool:
    return setting.kind in {"kubernetes", "kustomize", "env-file"} and setting.group == group


def _place(
    settings: Settings, view: Settings, runner: Runner, own: Sequence[Setting], names: Collection[str]
) -> Setting:
    """Where the names would be added: to what is handed whole to the service, if such things stand in its like."""
    whole = _taken_whole(view, runner)
    if runner[0] == "kubernetes":
        are_secrets = all(map(may_be_secret, names))
        whole = [each for each in whole if are_secrets and each.role == "mapped"]
    else:
        folders = {parent(e.path) for name in names for e in settings.named(name, ("set",)) if e.kind == "env-file"}
        whole = [each for each in whole if parent(each.path) in folders]
    return _last([each for each in whole if each.name in names] or whole or own)  # it may stand there empty


def _last(own: Sequence[Setting]) -> Setting:
    """The last place of the file of the last one: what an anchor merges stands above the service.

    What it extends in another file is for others too.
    """
    here = [each for each in own if not each.through] or own
    return max((each for each in here if each.path == here[-1].path), key=lambda each: each.line)


def _where_it_is(settings: Settings, runner: Runner, views: Mapping[str, Settings]) -> Iterator[Settings]:
    """What counts in each of the files that are used alone and have the service, or else all that there is."""
    own = {
        each.through or each.path for each in settings.of("deployed", "set", "declared") if each.service == runner[1]
    }
    found = [view for file, view in views.items() if runner[0] == "compose" and file in own]
    yield from found or [settings]


def _environment(settings: Settings, runner: Runner, own: Iterable[Setting]) -> str:
    """The environment that a service is told that it runs in; empty where it is not."""
    files = {file for file, runners in settings.handed.items() if runner in runners}
    told = {each.tells for each in own} - {""} or {each.tells for each in settings if each.path in files} - {""}
    return told.pop() if len(told) == 1 else ""


def _lost_its_file(settings: Settings, runner: Runner, missing: Collection[str]) -> tuple[str, ...]:
    """What a service without an environment file lacks and another one's file has, if that is nearly all of it."""
    if any(runner in runners for runners in settings.handed.values()):
        return ()
    files = [path for path, runners in settings.handed.items() if any(kind == runner[0] for kind, _ in runners)]
    held = [tuple(name for name in missing if any(e.path == path for e in settings.named(name))) for path in files]
    most = max(held, key=len, default=())
    return most if len(most) >= _NEARLY_ALL * len(missing) else ()


def _lost_its_variables(settings: Settings, runner: Runner, missing: Collection[str]) -> bool:
    """Whether a service of a compose file is given no file, and another one is given by name all that is missing."""
    if runner[0] != "compose" or any(runner in runners for runners in settings.handed.values()):
        return False
    given: defaultdict[str, set[str]] = defaultdict(set)
    for name in missing:
        for each in settings.named(name, ("set",)):
            if each.kind == "compose" and settings.runs.get(("compose", each.service)):
                given[each.service].add(name)
    return any(len(names) == len(missing) for names in given.values())


def _in_a_file_that_nothing_names(
    settings: Settings, runner: Runner, wanted: Collection[str], missing: Collection[str]
) -> tuple[str, ...]:
    """What of a compose service's needs stands in one environment file alone, if that is most of what it needs."""
    if runner[0] != "compose" or any(runner in runners for runners in settings.handed.values()):
        return ()
    files: defaultdict[str, list[str]] = defaultdict(list)
    for name in missing:
        places = settings.named(name, ("deployed", "set"))
        paths = {each.path for each in places if each.kind == "env-file" and not is_deployed(each.environment)}
        for path in sorted(path for path in paths if _is_named_by_nothing(settings, path)):
            files[path].append(name)
    most = max(files.values(), key=len, default=[])
    return tuple(most) if len(most) >= _FEWEST and 2 * len(most) >= len(wanted) else ()


def _is_named_by_nothing(settings: Settings, path: str) -> bool:
    """Whether no service is given a file and nothing else so much as names it; `.env` a program may read by itself."""
    is_hidden = path.rpartition("/")[2].startswith(".")
    return not is_hidden and path not in settings.handed and path not in settings.loaded


def _reach(settings: Settings, name: str, runner: Runner) -> list[Setting]:
    """The places that give a name to what runs there, or may; to be empty in an environment is another fault."""
    kinds = _RUNNERS[runner[0]]
    return [
        each
        for each in settings.named(name, ("deployed", "set", "declared"))
        if (each.kind in kinds or (each.kind in _EVERYWHERE and _is_for(settings, each, runner)))
        and (each.value_state not in {"empty", "placeholder"} or is_deployed(each.environment))
        and settings.may_reach(each, runner)
    ]


def _is_for(settings: Settings, setting: Setting, runner: Runner) -> bool:
    """Whether what a file holds that may be anybody's is of a service. A `.env` may be read by the program itself."""
    if runner[0] == "kubernetes" and setting.group:
        return True  # an object is made of it, and which workloads take that is known
    known = settings.handed if runner[0] == "compose" else settings.loaded
    if setting.role == "declared" or (
        setting.kind == "env-file" and is_deployed(setting.environment) and setting.path not in known
    ):
        return False
    if runner[0] == "compose" and setting.kind == "env-file" and _is_named_by_nothing(settings, setting.path):
        return False
    return runner in settings.handed.get(setting.path, {runner}) or setting.path.rpartition("/")[2] == ".env"
