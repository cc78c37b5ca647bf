"""What `envFrom` and Kustomize hand to a container, held against what code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, short, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}
CODE = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\nos.environ["C_URL"]\n'
WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  template:
    spec:
      containers:
      - envFrom: [FROM]
"""
CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {A_URL: x, B_URL: ""}\n'
EXTERNAL = """apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: {name: conf}
spec:
  data: [{secretKey: A_URL, remoteRef: {key: a-id}}, {secretKey: B_URL, remoteRef: {key: b-id}}]
"""
SEALED = "apiVersion: x\nkind: SealedSecret\nmetadata: {name: conf}\nspec: {encryptedData: {A_URL: x, B_URL: x}}\n"
OPAQUE = CONFIG.replace("ConfigMap", "Secret")
MAP, SECRET = "{configMapRef: {name: conf}}", "{secretRef: {name: conf}}"


@pytest.mark.parametrize(("origin", "objects"), [(MAP, CONFIG), (SECRET, EXTERNAL), (SECRET, SEALED), (SECRET, OPAQUE)])
def test_a_key_that_no_object_holds(tmp_path: Path, origin: str, objects: str) -> None:
    manifest = {"k8s/web.yaml": WORKLOAD.replace("FROM", origin), "k8s/conf.yaml": objects}
    write(tmp_path, {**ENTRY, "main.py": CODE, **manifest})
    assert said(tmp_path, "SSOT206") == ["error main.py:4 `C_URL` has no default, and no configuration declares it"]


@pytest.mark.parametrize("objects", ["", EXTERNAL + "  dataFrom: [{extract: {key: all}}]\n"])
def test_an_object_that_may_hold_anything(tmp_path: Path, objects: str) -> None:
    manifest = {"k8s/web.yaml": WORKLOAD.replace("FROM", SECRET), "k8s/conf.yaml": objects, "staging.env": "A_URL=1\n"}
    write(tmp_path, {**ENTRY, "main.py": CODE, **manifest})
    assert said(tmp_path, "SSOT206") == []


def test_keys_behind_a_prefix(tmp_path: Path) -> None:
    origin = MAP.replace("conf}}", "conf}, prefix: APP_}")
    write(tmp_path, {"k8s/web.yaml": WORKLOAD.replace("FROM", origin), "k8s/conf.yaml": CONFIG})
    assert [each[1:3] for each in short(settings_of(tmp_path).of("deployed"))] == [
        ("APP_A_URL", "literal"),
        ("APP_B_URL", "empty"),
    ]


KUSTOMIZATION = """kind: Kustomization
namespace: web-production
configMapGenerator:
- name: conf
  literals: [A_URL=x]
  envs: [conf]
secretGenerator:
- {name: keys, literals: ["B_URL="]}
"""


def test_generators(tmp_path: Path) -> None:
    write(tmp_path, {"k8s/kustomization.yaml": KUSTOMIZATION, "k8s/conf": "C_URL=1\n"})
    assert [(*short([each])[0], each.environment) for each in settings_of(tmp_path)] == [
        ("set", "A_URL", "literal", 5, "production"),
        ("set", "B_URL", "empty", 8, "production"),
        ("provisioned", "keys/B_URL", "keys/B_URL", 8, "production"),
        ("set", "C_URL", "literal", 1, "production"),
    ]


@pytest.mark.parametrize("name", ["conf", "settings.env"])
def test_an_object_that_is_made_of_a_file(tmp_path: Path, name: str) -> None:
    """Its keys are known, whether the file is one by its name or not."""
    kustomization = f"kind: Kustomization\nconfigMapGenerator: [{{name: conf, envs: [{name}]}}]\n"
    manifests = {"k8s/web.yaml": WORKLOAD.replace("FROM", MAP), "k8s/kustomization.yaml": kustomization}
    write(tmp_path, {**ENTRY, "main.py": CODE, **manifests, f"k8s/{name}": "A_URL=1\nB_URL=1\n"})
    assert said(tmp_path, "SSOT206") == ["error main.py:4 `C_URL` has no default, and no configuration declares it"]


def test_a_key_that_is_taken_under_another_name_is_one_fault(tmp_path: Path) -> None:
    reference = "[{name: D_URL, valueFrom: {secretKeyRef: {name: conf, key: OTHER}}}, {name: A_URL, valueFrom: "
    env = f"{reference}{{secretKeyRef: {{name: conf, key: A_URL}}}}}}]"
    manifest = {"k8s/web.yaml": WORKLOAD.replace("envFrom: [FROM]", f"env: {env}"), "k8s/conf.yaml": EXTERNAL}
    write(tmp_path, {**ENTRY, "main.py": 'import os\nos.environ["A_URL"], os.environ["D_URL"]\n', **manifest})
    assert [line.split()[0] for line in said(tmp_path, "SSOT202")] == ["error"]
    assert said(tmp_path, "SSOT204") == []


SETTINGS = [f"LIMIT_{letter}" for letter in "ABCDEFG"]
LEVELS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: levels}\ndata:\n"
LEVELS += "".join(f"  {name}: '1'\n" for name in SETTINGS)
ALL_KEYS = """apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: conf}
spec: {dataFrom: [{extract: {key: all}}]}
"""


def _workload(name: str, *sources: str) -> str:
    container = f"containers:\n      - command: [python, -m, {name}]\n        envFrom: [{', '.join(sources)}]\n"
    return WORKLOAD.replace("web", name).partition("containers:")[0] + container


def _code(*names: str) -> str:
    return "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)


LEVELS_MAP = "{configMapRef: {name: levels}}"


def test_what_another_workload_is_given_says_nothing_of_this_one(tmp_path: Path) -> None:
    """All keys of a store go to the shop; the mailer, which takes none, can't get its own from there."""
    files = {
        "shop.py": _code(*SETTINGS, "SHOP_TOKEN"),
        "mailer.py": _code(*SETTINGS, "MAIL_TOKEN"),
        "k8s/shop.yaml": _workload("shop", LEVELS_MAP, SECRET),
        "k8s/mailer.yaml": _workload("mailer", LEVELS_MAP),
        "k8s/conf.yaml": ALL_KEYS,
        "k8s/levels.yaml": LEVELS,
        "ssot-lint.toml": 'entry-points = ["shop", "mailer"]\n',
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT206") == [
        "error mailer.py:9 `MAIL_TOKEN` has no default, and no configuration declares it for the service `mailer`"
    ]


def test_a_name_that_is_hardly_among_the_secrets_of_a_store(tmp_path: Path) -> None:
    """Secrets and what is kept with them may come from there; a limit, of which all others are set by name, hardly."""
    files = {
        **ENTRY,
        "main.py": _code(*SETTINGS, "MAIL_TOKEN", "SMTP_HOST", "LIMIT_OF_ALL"),
        "k8s/shop.yaml": _workload("main", LEVELS_MAP, SECRET),
        "k8s/conf.yaml": ALL_KEYS,
        "k8s/levels.yaml": LEVELS,
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT206") == [
        "warning main.py:11 `LIMIT_OF_ALL` has no default, and no configuration declares it by name, as the others"
    ]


def test_most_names_that_come_from_a_store(tmp_path: Path) -> None:
    names = [f"LEVEL_{letter}" for letter in "ABCD"]
    files = {
        **ENTRY,
        "main.py": _code(*SETTINGS, *names),
        "k8s/shop.yaml": _workload("main", LEVELS_MAP, SECRET),
        "k8s/conf.yaml": ALL_KEYS,
        "k8s/levels.yaml": LEVELS,
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT206") == []


def test_what_stands_empty_or_lacks_though_a_store_may_hold_anything(tmp_path: Path) -> None:
    """Empty secrets are injected from there; a limit is not, and production lacks another one."""
    levels = "".join(f"{name}=1\n" for name in SETTINGS)
    files = {
        **ENTRY,
        "main.py": _code(*SETTINGS, "MAIL_TOKEN", "LIMIT_OF_ALL", "LIMIT_OF_ONE"),
        "k8s/shop.yaml": _workload("main", SECRET),
        "k8s/conf.yaml": ALL_KEYS,
        "config/staging.env": f"{levels}MAIL_TOKEN=\nLIMIT_OF_ALL=\nLIMIT_OF_ONE=1\n",
        "config/production.env": f"{levels}MAIL_TOKEN=\nLIMIT_OF_ALL=1\n",
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT203") == [
        "warning config/staging.env:9 `LIMIT_OF_ALL` is empty in staging: required, and nothing injects it by name"
    ]
    assert said(tmp_path, "SSOT207") == [
        "warning config/production.env:1 production lacks `LIMIT_OF_ONE`, which `staging` has; the code needs it"
    ]


FIELDS = "from pydantic_settings import BaseSettings\nclass Keys(BaseSettings):\n    a_key: str\nmade = Keys()\n"
FORGOTTEN = "error common.py:2 `A_KEY` has no default, and no configuration declares it for the service `mailer`"


@pytest.mark.parametrize(
    ("read", "elsewhere", "expected"),
    [
        pytest.param("os.environ['A_KEY']\n", "", [FORGOTTEN], id="forgotten"),
        pytest.param(FIELDS, "", [FORGOTTEN.replace(":2", ":4")], id="forgotten, a field that is read at import"),
        pytest.param(FIELDS.partition("made")[0], "", [], id="a field of what perhaps the shop alone makes"),
        pytest.param("def key():\n    return os.environ['A_KEY']\n", "", [], id="perhaps called by the shop alone"),
        pytest.param("os.environ['A_KEY']\n", "A_KEY=\n", [FORGOTTEN], id="an example gives nothing"),
    ],
)
def test_a_key_that_one_of_two_workloads_is_not_given(
    tmp_path: Path, read: str, elsewhere: str, expected: list[str]
) -> None:
    key = "valueFrom: {secretKeyRef: {name: conf, key: A_KEY}}"
    files = {
        "common.py": f"import os\n{read}",
        "shop.py": f"import common\n{_code(*SETTINGS)}",
        "mailer.py": f"import common\n{_code(*SETTINGS)}",
        "k8s/shop.yaml": _workload("shop", LEVELS_MAP) + f"        env: [{{name: A_KEY, {key}}}]\n",
        "k8s/mailer.yaml": _workload("mailer", LEVELS_MAP),
        "k8s/levels.yaml": LEVELS,
        ".env.example": elsewhere,
        "ssot-lint.toml": 'entry-points = ["shop", "mailer"]\n',
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT206") == expected


def _taking(reference: str) -> str:
    return WORKLOAD.replace("envFrom: [FROM]", f"env: [{{name: A_URL, valueFrom: {{secretKeyRef: {reference}}}}}]")


@pytest.mark.parametrize(
    ("reference", "levels"),
    [
        ("{name: web-confs, key: A_URL}", ["error"]),
        ("{name: web-conf, key: A_URL}", []),
        ("{name: other, key: A_URL}", []),  # made elsewhere
        ("{name: web-confs, key: Z_URL}", []),
        ("{name: web-conf-2, key: A_URL}", []),
        ("{name: web-conf-dev, key: A_URL}", []),
    ],
)
def test_an_object_whose_name_is_misspelt(tmp_path: Path, reference: str, levels: list[str]) -> None:
    write(tmp_path, {"k8s/web.yaml": _taking(reference), "k8s/conf.yaml": EXTERNAL.replace("conf}", "web-conf}")})
    assert [line.split()[0] for line in said(tmp_path, "SSOT202")] == levels


def test_a_key_that_nothing_takes_any_more_is_told_where_code_needs_it(tmp_path: Path) -> None:
    code = "import os\nos.environ['A_URL'], os.environ['SMTP_URL'], os.environ['C_URL']\n"
    secret = EXTERNAL.replace("B_URL", "smtp").replace("spec:", "spec:\n  target: {name: conf}")
    config = CONFIG.replace("conf", "more").replace("B_URL", "C_URL")
    files = {"k8s/web.yaml": _taking("{name: conf, key: A_URL}"), "k8s/conf.yaml": secret, "k8s/more.yaml": config}
    write(tmp_path, {**ENTRY, "main.py": code, **files})
    assert said(tmp_path, "SSOT206") == ["error main.py:2 `SMTP_URL` has no default, and no configuration declares it"]
    assert said(tmp_path, "SSOT204") == []


FORGOTTEN_BOTH = (
    "error common.py:2 `A_URL` and `B_URL` have no default, and no configuration declares them for the service `mailer`"
)


@pytest.mark.parametrize(
    ("sources", "changed", "expected"),
    [
        pytest.param([], "", [FORGOTTEN_BOTH], id="one takes it, one does not"),
        pytest.param([MAP], "", [], id="both take it"),
        pytest.param([], "metadata: {name: patched}", [], id="it is not known what one that takes it runs"),
    ],
)
def test_an_object_that_one_of_two_workloads_takes(
    tmp_path: Path, sources: list[str], changed: str, expected: list[str]
) -> None:
    patch = WORKLOAD.replace("metadata: {name: web, labels: {app: web}}", changed).replace("FROM", MAP)
    files = {
        "common.py": _code("A_URL", "B_URL").replace("\nos.environ['B", "; os.environ['B"),
        "shop.py": f"import common\n{_code(*SETTINGS)}",
        "mailer.py": f"import common\n{_code(*SETTINGS)}",
        "k8s/shop.yaml": _workload("shop", LEVELS_MAP, MAP),
        "k8s/mailer.yaml": _workload("mailer", LEVELS_MAP, *sources),
        "k8s/conf.yaml": CONFIG.replace('""', "x"),
        "k8s/levels.yaml": LEVELS,
        "ssot-lint.toml": 'entry-points = ["shop", "mailer"]\n',
        **({"k8s/patch.yaml": patch} if changed else {}),
    }
    write(tmp_path, files)
    assert said(tmp_path, "SSOT206") == expected


def test_an_object_that_was_renamed_where_it_is_made(tmp_path: Path) -> None:
    keys = ("db-url", "api-key", "mail-key")
    made = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: app}\nspec:\n" + (
        "  target: {name: renamed}\n  data:\n"
        + "".join(f"    - {{secretKey: {key}, remoteRef: {{key: shop, property: {key}}}}}\n" for key in keys)
    )

    def workload(name: str, taken: tuple[str, ...]) -> str:
        entries = "".join(
            f"            - name: {key.upper().replace('-', '_')}\n"
            f"              valueFrom: {{secretKeyRef: {{name: app, key: {key}}}}}\n"
            for key in taken
        )
        return (
            f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  template:\n    spec:\n"
            f"      containers:\n        - env:\n{entries}"
        )

    files = {"k8s/web.yaml": workload("web", keys), "k8s/jobs.yaml": workload("jobs", keys[:1])}
    (found,) = said(write(tmp_path, {**files, "k8s/secrets.yaml": made}), "SSOT202")
    assert "`app/db-url`, `app/api-key` and `app/mail-key`, which nothing creates" in found
    # What something takes is not the one that lacks.
    write(tmp_path, {"k8s/other.yaml": workload("other", keys).replace("name: app,", "name: renamed,")})
    assert not said(tmp_path, "SSOT202")


PARTS = """apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web}
spec:
  data:
    - {secretKey: DB_PASSWORD, remoteRef: {key: shop/production, property: db_password}}
    - {secretKey: API_TOKEN, remoteRef: {key: shop/production, property: api_token}}
    - {secretKey: QUEUE_URL, remoteRef: {key: shop/production, property: queue_url}}
    - {secretKey: SIGNING_KEY, remoteRef: {key: shop/production, property: signing_key}}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", ""),
        ("property: api_token", "property: queue_url", "`API_TOKEN` gets `queue_url` of its secret, as `QUEUE_URL`"),
        ("API_TOKEN, remoteRef: {key: shop/production, property: api_token",
         "PG_PASSWORD, remoteRef: {key: shop/production, property: db_password", ""),  # another name for the same
        ("property: api_token", "property: token_of_vendor", ""),
    ],
)  # fmt: skip
def test_parts_of_a_secret(tmp_path: Path, old: str, new: str, found: str) -> None:
    write(tmp_path, {"k8s/secret.yaml": PARTS.replace(old, new) if old else PARTS})
    findings = said(tmp_path, "SSOT205")
    assert len(findings) == bool(found)
    assert all(f"k8s/secret.yaml:7 {found}" in each for each in findings)


def test_parts_of_a_secret_that_are_exchanged(tmp_path: Path) -> None:
    exchanged = PARTS.replace("property: api_token", "property: X").replace("queue_url", "api_token")
    write(tmp_path, {"k8s/secret.yaml": exchanged.replace("property: X", "property: queue_url")})
    (found,) = said(tmp_path, "SSOT205")
    assert "`API_TOKEN` and `QUEUE_URL` have each other's secret" in found
