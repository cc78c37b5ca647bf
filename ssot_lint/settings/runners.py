"""What workloads of Kubernetes and services of compose files lack of what the code needs that they run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ssot_lint.settings.environments import is_deployed, words_of_environments
from ssot_lint.settings.lacks import Code, Lacking, has_the_rest
from ssot_lint.settings.model import Runner, Setting, Settings

_RUNNERS = {"kubernetes": frozenset({"kubernetes", "kustomize", "helm-values"}), "compose": frozenset({"compose"})}
"""The kinds that give something to services that their own files say how to run."""
_FEWEST = 3
_EVERYWHERE = frozenset({"dockerfile", "env-file"})


def of_runners(settings: Settings, code: Code, told: Collection[str], alone: Collection[str]) -> Iterator[Lacking]:
    """What workloads of Kubernetes and services of compose files lack of what their code needs, less what is told.

    What a service has in one of the files `alone` is all that it is given where that one is used.
    """
    faults: defaultdict[tuple[str, ...], list[tuple[Runner, Setting]]] = defaultdict(list)
    for runner, modules in sorted(settings.runs.items()):
        kinds = _RUNNERS.get(runner[0], frozenset())
        own = [each for each in settings.of("deployed", "set") if each.kind in kinds and each.service == runner[1]]
        own = own or [each for bare, each in settings.bare.items() if bare == runner]
        if not own or runner in settings.open:
            continue
        # What speaks of an environment is needed in that one.
        wanted = [name for name in code.needed_by(modules) if not words_of_environments(name)]
        for file in sorted({each.path for each in own} & set(alone)) or [""]:
            missing = tuple(name for name in wanted if not _reach(settings, name, runner, file))
            read = (name for name in code.read_of(settings, modules) if _reach(settings, name, runner, file))
            lost = _in_a_file_that_nothing_names(settings, runner, wanted, missing)
            fewer = _lost_its_file(settings, runner, missing) or _lost_its_variables(settings, runner, missing)
            if lost or (missing and (has_the_rest(wanted, missing, read) or fewer)):
                missing = lost or missing
                place = [each for each in own if file in {each.path, ""}][-1]
                faults[tuple(name for name in missing if name not in told)].append((runner, place))
    for names, found in faults.items():
        if not names:
            continue
        reads = tuple(each for name in names for each in code.needed[name])
        elsewhere = tuple(each for name in names for each in settings.named(name, ("mapped", "deployed", "set")))
        # Where a developer runs it, nothing is down.
        is_sure = any(kind != "compose" or is_deployed(place.environment) for (kind, _), place in found)
        yield Lacking(names, False, tuple(place for _, place in found), (), elsewhere, reads, is_sure)


def _lost_its_file(settings: Settings, runner: Runner, missing: Iterable[str]) -> bool:
    """Whether a service is given no environment file, and another one is given a file that has all that is missing."""
    if any(runner in runners for runners in settings.handed.values()):
        return False
    files = [path for path, runners in settings.handed.items() if any(kind == runner[0] for kind, _ in runners)]
    return any(all(any(each.path == path for each in settings.named(name)) for name in missing) for path in files)


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


def _reach(settings: Settings, name: str, runner: Runner, file: str) -> list[Setting]:
    """The places that give a name to what runs there, or may; to be empty in an environment is another fault.

    Of files like `file`, if that is one, it alone counts.
    """
    kinds = _RUNNERS[runner[0]]
    places = settings.named(name, ("deployed", "set", "declared"))
    own = (each for each in places if not file or each.kind not in kinds or each.path == file)
    return [
        each
        for each in own
        if (each.kind in kinds or (each.kind in _EVERYWHERE and _is_for(settings, each, runner)))
        and (each.value_state not in {"empty", "placeholder"} or is_deployed(each.environment))
        and settings.may_reach(each, runner)
    ]


def _is_for(settings: Settings, setting: Setting, runner: Runner) -> bool:
    """Whether what a file holds that may be anybody's is of a service. A `.env` may be read by the program itself."""
    known = settings.handed if runner[0] == "compose" else settings.loaded
    if setting.role == "declared" or (
        setting.kind == "env-file" and is_deployed(setting.environment) and setting.path not in known
    ):
        return False
    if runner[0] == "compose" and setting.kind == "env-file" and _is_named_by_nothing(settings, setting.path):
        return False
    return runner in settings.handed.get(setting.path, {runner}) or setting.path.rpartition("/")[2] == ".env"
