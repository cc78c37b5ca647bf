"""SSOT209."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Site, Span, Violation
from ssot_lint.settings.model import Setting
from ssot_lint.settings.supply import listing, related

_KINDS = frozenset({
    "env-file", "env-template", "compose", "github-workflow", "gitlab-ci", "render", "ecs-task", "app-engine",
    "serverless", "systemd", "kubernetes", "cloud-run",
    "env-vars-file", "terraform", "helm-values",
    "cloudformation", "container-apps", "heroku", "docker-run", "zappa", "chalice", "elastic-beanstalk", "app-platform",
    "copilot", "app-runner",
})  # fmt: skip


class Rule:
    """One file gives the same key twice with different values.

    ## What it does

    Finds keys that stand twice in one environment file, in one `environment`, `env` or `data` block, in one dict of a
    mapping, or in one flag of a deploy command, with values that differ.

    ## Why is this bad?

    One of them is used, usually the last, and somebody edits the other.

    ## Example

        LOG_LEVEL=info
        LOG_LEVEL=debug

    ## Fix

    Keep the one that is meant.

    ## Options

    None.
    """

    code = "SSOT209"
    name = "conflicting-setting"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation a file and block, at the value that is used: the last."""
        blocks: defaultdict[tuple[str, ...], defaultdict[str, list[Setting]]] = defaultdict(lambda: defaultdict(list))
        for each in context.settings.of("set", "deployed", "declared", "mapped"):
            if (each.kind in _KINDS or each.block) and not each.is_pattern:
                blocks[each.path, each.service, each.environment, each.block or each.group][each.name].append(each)
        told: set[Site | Span] = set()
        for names in blocks.values():
            # What an anchor gives to several services stands in one place.
            conflicts = [places for places in names.values() if _differ(places) and places[-1].place not in told]
            told.update(places[-1].place for places in conflicts)
            if not conflicts:
                continue
            last = [places[-1] for places in conflicts]
            used = "" if last[0].kind == "gcloud" else "; the last one is used"
            yield Violation(
                self.code,
                self.level,
                f"{listing(each.name for each in last)} stand{'s' if len(last) == 1 else ''} here twice with different "
                f"values{used}",
                last[0].place,
                related=related([*last[1:], *(each for places in conflicts for each in places[:-1])]),
                help="keep the one that is meant",
            )


def _differ(places: list[Setting]) -> bool:
    return len({(each.value_state, each.digest, each.secret) for each in places}) > 1
