"""SSOT203."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Violation
from ssot_lint.settings.environments import is_deployed
from ssot_lint.settings.lacks import Lacking
from ssot_lint.settings.mappings import Unmapped, unmapped
from ssot_lint.settings.model import DEVELOPERS, OF_CLUSTERS, PIPELINES, RELEASED, Setting, Settings
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.needed import hardly_supplied
from ssot_lint.settings.spelling import misspelt, nearly
from ssot_lint.settings.supply import listing, related, suppliers

_SERVING = frozenset(
    {
        "app-engine",
        "app-platform",
        "app-runner",
        "cdk",
        "chalice",
        "cloud-run",
        "cloudformation",
        "container-apps",
        "copilot",
        "ecs-task",
        "elastic-beanstalk",
        "env-template",
        "fly",
        "render",
        "serverless",
        "systemd",
        "zappa",
    }
)
"""The kinds that describe services as they run for others, whether or not they tell the environment."""


class Rule:
    """A required setting is empty, or a placeholder, where nothing injects it.

    ## What it does

    Looks at the files and deployments of environments in which services run (staging, production, …) for settings that
    the code can't do without, or that a list requires, and that stand there empty or as a placeholder. An empty value
    that a deployment injects, or that a mapping fills from a secret, is intended.

    ## Why is this bad?

    The service starts with an empty password, or stops at the first line that reads it.

    ## Example

        # config/staging.env; nothing maps or injects it
        SMS_API_TOKEN=

    ## Fix

    Give it a value there, or have it injected from a secret.

    ## Options

    `[[sources]]` with an `environment` says of a file which environment it describes.
    """

    code = "SSOT203"
    name = "empty-setting"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation a file, or for those that have the same empty: what is required, else what is left out."""
        settings = context.settings
        told: list[Unmapped | Lacking] = [*unmapped(settings), *context.lacking]
        known: set[tuple[str, str]] = set()
        # The same names in the files of several environments are one fault.
        faults: defaultdict[tuple[tuple[str, ...], str, Level], list[Setting]] = defaultdict(list)
        for empty in _empty(settings).values():
            stranded = [each for each in empty if not _is_injected(settings, each)]
            stranded = [each for each in stranded if not any(e.speaks_of(each.name, each.environment) for e in told)]
            # What another place of the environment has empty too is the same fault.
            stranded = [each for each in stranded if (each.name, each.environment) not in known]
            known |= {(each.name, each.environment) for each in stranded}
            required = [each for each in stranded if _is_required(settings, each)]
            forgotten = [each for each in stranded if each not in required and _is_forgotten(settings, each, empty)]
            unlikely = hardly_supplied(settings, empty[0].environment, empty[0].service)
            doubtful = [each for each in empty if each.name in unlikely and each not in stranded]
            # A file that tells no environment may be one to fill in.
            level: Level = self.level if empty[0].environment else "warning"
            sorts: tuple[tuple[list[Setting], str, Level], ...] = (
                (required, "required, and nothing injects {}", level),
                (doubtful, "required, and nothing injects {} by name", "warning"),
                (forgotten, "injected by nothing, as the other secrets are", "warning"),
            )
            for found, why, weight in sorts:
                if found:
                    faults[tuple(sorted({each.name for each in found})), why, weight] += found
        for (_, why, weight), found in faults.items():
            yield self._violation(settings, found, why, weight)

    def _violation(self, settings: Settings, found: list[Setting], why: str, level: Level) -> Violation:
        first = found[0]
        names = list(dict.fromkeys(each.name for each in found))
        state = "empty" if all(each.value_state == "empty" for each in found) else "empty or a placeholder"
        state = "a placeholder" if all(each.value_state == "placeholder" for each in found) else state
        reads = [
            each for name in names for each in settings.named(name, ("read", "required")) if each.kind != "compose"
        ]
        others = [
            each
            for name in names
            for each in settings.named(name, ("set", "declared", "deployed", "mapped"))
            if each not in found
        ]
        environments = sorted({each.environment for each in found} - {""})
        where = f" in {' and '.join(environments)}" if environments else ""
        why = why.format("it" if len(names) == 1 else "them")
        return Violation(
            self.code,
            level,
            f"{listing(names)} {'is' if len(names) == 1 else 'are'} {state}{where}: {why}",
            first.place,
            related=(
                *related(found[1:]),
                *related(reads),
                *related(others),
                *nearly(misspelt(settings, names, environments)),
            ),
            help="give it a value here, or have it injected from a secret",
        )


def _empty(settings: Settings) -> dict[tuple[str, str, str], list[Setting]]:
    """What stands empty where services run, by place."""
    places: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("set", "deployed"):
        hollow = each.value_state in {"empty", "placeholder"}
        runs = is_deployed(each.environment) or (not each.environment and each.kind in _SERVING)
        if hollow and runs and each.kind not in {"dockerfile", *PIPELINES}:
            places[each.path, each.environment, each.service].append(each)
    return places


def _is_injected(settings: Settings, empty: Setting) -> bool:
    """Whether something else gives it a value; of its own kind only what is of an environment too, not its base.

    What a service is given, be it empty, goes before what a program reads from a file, and a platform takes one file.
    """
    given = suppliers(settings, empty.name, empty.environment, empty.service)
    if empty.service and not empty.is_past:
        given = [each for each in given if each.kind != "env-file"]
    if empty.kind in _SERVING | {"gcloud", "deploy-action"}:
        given = [each for each in given if each.kind not in OF_CLUSTERS]
    if empty.kind in _SERVING:
        given = [each for each in given if each.kind != empty.kind or each.path == empty.path]
    if empty.kind in RELEASED:
        given = [each for each in given if each.kind not in DEVELOPERS or each.environment]
    return any(each.role == "mapped" or each.kind != empty.kind or each.environment for each in given)


def _is_required(settings: Settings, setting: Setting) -> bool:
    reads = settings.named(setting.name, ("read", "required"))
    needing = (each for each in reads if each.kind == "code" and each.may_be_in(setting.environment))
    return any(each.role == "required" for each in reads) or any(each.need == "required" for each in needing)


def _is_forgotten(settings: Settings, setting: Setting, empty: list[Setting]) -> bool:
    """Whether code reads a secret without a default, and most of the other empty secrets of the file are injected."""
    reads = [each for each in settings.named(setting.name, ("read",)) if each.kind == "code"]
    if setting.value_state != "empty" or not may_be_secret(setting.name) or not any(e.need == "bare" for e in reads):
        return False
    secrets = [each for each in empty if may_be_secret(each.name)]
    injected = [each for each in secrets if _is_injected(settings, each)]
    return len(injected) > 1 and len(injected) * 2 > len(secrets)
