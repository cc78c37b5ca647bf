"""How a setting may arrive at the program: from a file, from a deployment, from a secret."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.findings import Related
from ssot_lint.settings.environments import is_deployed
from ssot_lint.settings.model import (
    DEVELOPERS,
    PIPELINES,
    RELEASED,
    Setting,
    Settings,
    may_be_same,
    may_be_same_service,
)

_MOST_NAMES = 30


def gives_value(setting: Setting) -> bool:
    """Whether the program gets something from that place: a value, a secret, or what only the run knows."""
    if setting.is_drawn_on:
        return False  # the commands give it that draw on it
    if setting.role in {"mapped", "deployed", "set"}:
        return setting.value_state not in {"empty", "placeholder", "unset"}
    return False


def suppliers(settings: Settings, name: str, environment: str, service: str = "") -> list[Setting]:
    """The places that give `name` a value in an environment, or may: a deploy command whose arguments are not known.

    None where something that needs it is run by a service to which none of them gives it.
    """
    found = [
        each
        for each in settings.named(name, ("mapped", "deployed", "set"))
        if gives_value(each)
        and may_be_same(each.environment, environment)
        and _reaches(each, service)
        and not (is_deployed(environment) and _is_of_developers(settings, each))
    ]
    return found if settings.arrives(name, found, environment) else []


def _is_of_developers(settings: Settings, setting: Setting) -> bool:
    """Whether what developers run gives it, names no environment, and services are deployed by other means."""
    if setting.kind not in DEVELOPERS or setting.environment:
        return False
    return bool(settings.of("deployed")) or any(each.kind in RELEASED for each in settings.of("set"))


def _reaches(setting: Setting, service: str) -> bool:
    # A workflow's `env` reaches the runner, not the service.
    return setting.kind not in PIPELINES and may_be_same_service(setting.service, service)


def related(settings: Iterable[Setting], message: str = "") -> tuple[Related, ...]:
    """The places of settings, each with what stands there."""
    return tuple(Related(setting.place, message or says(setting)) for setting in settings)


def says(setting: Setting) -> str:
    """What a place does with a setting, in a few words; never its value."""
    name = setting.name
    if setting.role == "read":
        return {"required": f"reads `{name}` and needs it", "optional": f"reads `{name}`, with a default"}.get(
            setting.need, f"reads `{name}`"
        )
    if setting.role == "required" and setting.secret:
        return f"requires the secret `{name}`"
    if setting.role in {"mapped", "deployed"} and setting.secret:
        verb = "maps" if setting.role == "mapped" else "fills"
        return f"{verb} `{name}` {'to' if setting.role == 'mapped' else 'from'} the secret `{setting.secret}`"
    words = {
        "required": f"requires `{name}`",
        "provisioned": f"creates the secret `{name}`" if setting.kind != "inventory" else f"lists the secret `{name}`",
        "declared": f"declares `{name}`",
    }
    states = {"empty": f"`{name}` is empty here", "placeholder": f"`{name}` is a placeholder here"}
    return words.get(setting.role) or states.get(setting.value_state) or f"`{name}` is set here"


def listing(names: Iterable[str]) -> str:
    """`A`, `B` and `C`, each once, in order of appearance; those past the thirtieth are counted."""
    quoted = [f"`{name}`" for name in dict.fromkeys(names)]
    if len(quoted) > _MOST_NAMES:
        return f"{', '.join(quoted[: _MOST_NAMES - 1])} and {len(quoted) - _MOST_NAMES + 1} more"
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
