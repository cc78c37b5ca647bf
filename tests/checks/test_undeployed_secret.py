"""SSOT202: secrets that nothing creates, or that a deployment does not inject."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


MAPPING = 'SECRETS = {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key"}\n'


class TestUndeployedSecret:
    def test_a_secret_that_nothing_creates(self, tmp_path: Path) -> None:
        write(
            tmp_path, {"mapping.py": MAPPING, "create.sh": "gcloud secrets create a-key\ngcloud secrets create b-key\n"}
        )
        assert said(tmp_path, "SSOT202") == [
            "error mapping.py:1 `C_KEY` is mapped to the secret `c-key`, which nothing creates: `create.sh` lacks it"
        ]

    def test_many_secrets_for_one_reason_are_one_finding(self, tmp_path: Path) -> None:
        ids = [f"key-{number}x" for number in range(40)]
        mapping = "SECRETS = {\n" + "".join(f'    "K{n}_KEY": "{name}",\n' for n, name in enumerate(ids)) + "}\n"
        create = "".join(f"gcloud secrets create {name}\n" for name in ids[:25])
        write(tmp_path, {"mapping.py": mapping, "create.sh": create})
        ((violation, span),) = violations(tmp_path, "SSOT202")
        assert span.line == 27
        assert "`K39_KEY` are mapped to 15 secrets, which nothing creates" in violation.message
        assert len([each for each in violation.related if "maps" in each.message]) == 14

    MANY = (
        "SECRETS = {\n" + "".join(f'    "{each}_KEY": "{each.lower()}-key-staging",\n' for each in "ABCDEFGH") + "}\n"
    )

    @staticmethod
    def creating(names: str) -> str:
        return "".join(f"gcloud secrets create {each}-key-staging\n" for each in names)

    def test_lists_that_create_the_secrets_together(self, tmp_path: Path) -> None:
        files = {"mapping.py": self.MANY, "base.sh": self.creating("abc"), "app.sh": self.creating("def")}
        write(tmp_path, {**files, "more.sh": self.creating("xy")})
        (finding,) = said(tmp_path, "SSOT202")
        assert finding.startswith("error mapping.py:8 `G_KEY` and `H_KEY` are mapped to")
        assert finding.endswith("which nothing creates: `app.sh` and `base.sh` lack them")

    def test_of_few_created_secrets_is_missed_what_stands_empty(self, tmp_path: Path) -> None:
        files = {"mapping.py": self.MANY, "create.sh": self.creating("abc"), "config/staging.env": "A_KEY=\nG_KEY=\n"}
        write(tmp_path, files)
        (finding,) = said(tmp_path, "SSOT202")
        assert finding.startswith("error mapping.py:8 `G_KEY` is mapped to the secret `g-key-staging`")

    def test_what_a_file_waits_for_comes_first(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {"mapping.py": self.MANY, "create.sh": self.creating("abcdef"), "config/staging.env": "H_KEY=\n"},
        )
        ((violation, span),) = violations(tmp_path, "SSOT202")
        assert (span.line, violation.message[:19]) == (9, "`H_KEY` and `G_KEY`")

    def test_a_misspelt_id_is_another_fault(self, tmp_path: Path) -> None:
        mapping = self.MANY.replace("b-key-staging", "signing-b-staging").replace("h-key-staging", "signing-hh-staging")
        created = f"{self.creating('acdef')}gcloud secrets create signing-bb-staging\n"
        write(tmp_path, {"mapping.py": mapping, "create.sh": created})
        first, second = violations(tmp_path, "SSOT202")
        assert first[0].message.startswith("`B_KEY` is mapped to the secret `signing-b-staging`")
        assert first[0].related[0].message == "is `signing-bb-staging` meant?"
        assert second[0].message.startswith("`G_KEY` and `H_KEY` are mapped")

    def test_one_id_with_an_environment_among_those_that_get_one(self, tmp_path: Path) -> None:
        mapping = self.MANY.replace("-staging", "").replace("b-key", "b-key-staging")
        write(tmp_path, {"mapping.py": mapping, "create.sh": self.creating("abcdefgh")})
        (finding,) = said(tmp_path, "SSOT202")
        assert finding.startswith("error mapping.py:3 `B_KEY` is mapped to the secret `b-key-staging`")

    def test_a_table_of_two_names_is_hardly_a_mapping_whose_ids_get_an_environment(self, tmp_path: Path) -> None:
        table = 'SECRET_ALIASES = {"A_KEY": "a-key", "Z_KEY": "z-key"}\n'
        write(tmp_path, {"aliases.py": table, "create.sh": self.creating("abc")})
        assert said(tmp_path, "SSOT202") == []

    @pytest.mark.parametrize(("file", "level"), [("", "warning"), ("H_KEY=\n", "error")])
    def test_what_one_place_alone_has(self, tmp_path: Path, file: str, level: str) -> None:
        """Nothing creates secrets here; two scripts list all but one."""
        ids = ", ".join(f'"{each}-key-staging"' for each in "abcdefg")
        check = f"SECRETS_TO_CHECK = [{ids}]\nrun(['gcloud', 'secrets', 'describe', SECRETS_TO_CHECK[0]])\n"
        files = {"mapping.py": self.MANY, "scripts/check.py": check, "scripts/grant.py": check}
        write(tmp_path, {**files, "config/staging.env": file})
        (finding,) = said(tmp_path, "SSOT202")
        assert finding.startswith(
            f"{level} mapping.py:9 `H_KEY` is mapped to the secret `h-key-staging`, which no other"
        )

    def test_a_table_that_only_looks_like_a_mapping(self, tmp_path: Path) -> None:
        files = {
            "headers.py": 'SECRET_HEADERS = {"A_KEY": "x-a-key", "TRACE_ID": "x-trace-id"}\n',
            "mapping.py": self.MANY,
        }
        lists = 'REQUIRED_SECRETS = ["A_KEY", "B_KEY", "C_KEY", "TRACE_ID"]\n'
        write(tmp_path, {**files, "lists.py": lists, "create.sh": self.creating("abcdefgh")})
        assert said(tmp_path, "SSOT202") == []
        assert "`TRACE_ID` is required, and the mapping in mapping.py lacks it" in said(tmp_path, "SSOT201")[0]

    def test_names_of_another_environment_are_not_asked_of_a_deployment(self, tmp_path: Path) -> None:
        mapping = (
            'SERVICE_SECRETS = {"web": ["A_KEY", "B_KEY", "C_KEY", "JWT_STAGING_KEY"]}\n'
            'SECRETS = {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key", "JWT_STAGING_KEY": "jwt-key"}\n'
        )
        command = "gcloud run deploy web-production --set-secrets A_KEY=a-key:1,B_KEY=b-key:1\n"
        write(tmp_path, {"secrets_config.py": mapping, "deploy.sh": command})
        (finding,) = said(tmp_path, "SSOT202")
        assert finding.startswith("error deploy.sh:1 the deployment of `web-production` does not inject `C_KEY`, which")

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({}, id="nothing creates secrets here at all"),
            pytest.param({"create.sh": "gcloud secrets create other-id\n"}, id="the list is about something else"),
            pytest.param({"create.sh": "for x in a-key b-key c-key; do gcloud secrets create $x; done\n"}, id="a loop"),
            pytest.param(
                {"main.tf": 'resource "google_secret_manager_secret" "x" {\n  secret_id = "${var.name}-key"\n}\n'},
                id="any id",
            ),
        ],
    )
    def test_nothing_is_said_where_nothing_is_sure(self, tmp_path: Path, files: dict[str, str]) -> None:
        write(tmp_path, {"mapping.py": MAPPING, **files})
        assert said(tmp_path, "SSOT202") == []

    ENVIRONMENTS = 'SECRETS = {"staging": {"A_KEY": "a-staging"}, "production": {"A_KEY": "a-production"}}\n'

    def test_another_environment_is_another_list(self, tmp_path: Path) -> None:
        write(tmp_path, {"mapping.py": self.ENVIRONMENTS, "inventory/staging.txt": "a-staging\nb-staging\n"})
        assert said(tmp_path, "SSOT202") == []

    def test_the_inventory_of_an_environment_has_all_its_secrets(self, tmp_path: Path) -> None:
        write(tmp_path, {"mapping.py": self.ENVIRONMENTS, "inventory/production.txt": "b-production\nc-production\n"})
        (found,) = said(tmp_path, "SSOT202")
        assert found.startswith(
            "error mapping.py:1 `A_KEY` is mapped to the secret `a-production`, which nothing creates"
        )

    def test_a_list_that_the_configuration_names_has_all_secrets(self, tmp_path: Path) -> None:
        source = '[[sources]]\nname = "deployed"\nkind = "inventory"\npath = "ids"\n'
        write(tmp_path, {"mapping.py": MAPPING, "ids": "other-id\n", "ssot-lint.toml": source})
        ((violation, _),) = violations(tmp_path, "SSOT202")
        assert violation.message.startswith(
            "`A_KEY`, `B_KEY` and `C_KEY` are mapped to the secrets `a-key`, `b-key` and"
        )

    def test_the_same_names_in_two_environments_are_one_finding(self, tmp_path: Path) -> None:
        flags = "A_KEY=a-ENV:1,B_KEY=b-ENV:1,C_KEY=c-ENV:1"
        deploy = {f"{name}.sh": f"gcloud run deploy web-{name} --set-secrets={flags}\n".replace("ENV", name)
                  for name in ("staging", "production")}  # fmt: skip
        create = {"create.sh": 'for x in a b; do gcloud secrets create "${x}-${ENV}"; done\n'}
        write(tmp_path, {**deploy, **create})
        assert said(tmp_path, "SSOT202") == [
            (
                "error production.sh:1 `C_KEY` is filled from the secrets `c-production` and `c-staging`, which nothing"
                " creates: `create.sh` lacks them"
            )
        ]

    def test_a_list_of_ids_that_should_be_there(self, tmp_path: Path) -> None:
        lists = {
            "validate.py": '# gcloud secrets describe\nREQUIRED_SECRETS = ["a-key", "b-key", "z-key"]\n',
            "create.sh": "for x in a-key b-key c-key; do gcloud secrets create $x; done\n",
        }
        write(tmp_path, {"mapping.py": MAPPING, **lists})
        assert said(tmp_path, "SSOT202") == [
            "warning validate.py:2 here stands the secret `z-key`, which nothing creates: `create.sh` lacks it"
        ]

    def test_the_outlier_among_lists_is_named(self, tmp_path: Path) -> None:
        create = "for x in a-key b-key c-key; do gcloud secrets create $x; done\n"
        write(tmp_path, {"mapping.py": MAPPING, "create.sh": create, "inventory/all.txt": "a-key\nb-key\n"})
        assert said(tmp_path, "SSOT202") == [
            "warning inventory/all.txt:1 inventory/all.txt lacks `c-key`, which the other lists of secrets have"
        ]

    def test_what_a_deploy_command_does_not_inject(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"web": {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key"}}\n'
        deploy = "gcloud run deploy web --set-secrets A_KEY=a-key:1,B_KEY=b-key:1\n"
        write(tmp_path, {"mapping.py": mapping, "deploy.sh": deploy})
        assert said(tmp_path, "SSOT202") == [
            "warning deploy.sh:1 the deployment of `web` does not inject `C_KEY`, which mapping.py maps for it"
        ]

    def test_an_optional_key_of_a_kubernetes_secret_may_be_missing(self, tmp_path: Path) -> None:
        manifest = """
apiVersion: v1
kind: Secret
metadata: {name: web}
stringData: {A: "${A}"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - env:
            - {name: A, valueFrom: {secretKeyRef: {name: web, key: A}}}
            - {name: B, valueFrom: {secretKeyRef: {name: web, key: B, optional: true}}}
            - {name: C, valueFrom: {secretKeyRef: {name: made-by-hand, key: C}}}
"""
        write(tmp_path, {"k8s/web.yaml": manifest})
        assert said(tmp_path, "SSOT202") == []


class TestIdsThatAnEnvironmentIsPutTo:
    MAPPING = (
        'COMMON_SECRETS = {"A_KEY": "shop-a-key", "B_KEY": "shop-b-key"}\n'
        'WEB_SECRETS = {**COMMON_SECRETS, "C_KEY": "shop-c-key", "D_KEY": "shop-d-key"}\n'
        'WORKER_SECRETS = COMMON_SECRETS | {"E_KEY": "shop-e-key"}\n'
    )

    def terraform(self, *ids: str) -> str:
        names = ", ".join(f'"{each}"' for each in ids)
        return (
            f'resource "google_secret_manager_secret" "x" {{\n  for_each = toset([{names}])\n'
            '  secret_id = "${each.value}-${var.environment}"\n}\n'
        )

    def test_nothing_is_said_where_all_are_created(self, tmp_path: Path) -> None:
        created = self.terraform(*(f"shop-{each}-key" for each in "abcde"))
        write(tmp_path, {"services.py": self.MAPPING, "main.tf": created})
        assert said(tmp_path, "SSOT202") == said(tmp_path, "SSOT205") == []

    @pytest.mark.parametrize(("missing", "line"), [("c", 2), ("e", 3)])
    def test_what_nothing_creates(self, tmp_path: Path, missing: str, line: int) -> None:
        created = self.terraform(*(f"shop-{each}-key" for each in "abcde" if each != missing))
        write(tmp_path, {"services.py": self.MAPPING, "main.tf": created})
        (finding,) = said(tmp_path, "SSOT202")
        assert finding == (
            f"error services.py:{line} `{missing.upper()}_KEY` is mapped to the secret `shop-{missing}-key`, "
            "which nothing creates: `main.tf` lacks it"
        )

    def test_an_unknown_environment_is_no_part_of_a_name(self, tmp_path: Path) -> None:
        """`shop-c-*` is not `shop-c-key-staging`."""
        mapping = self.MAPPING.replace('-key"', '-key-staging"')
        created = self.terraform("shop-a-key", "shop-b-key", "shop-c", "shop-d-key", "shop-e-key")
        write(tmp_path, {"services.py": mapping, "main.tf": created})
        (finding,) = said(tmp_path, "SSOT202")
        assert "`shop-c-key-staging`" in finding

    def test_a_command_that_puts_it_to_another_id(self, tmp_path: Path) -> None:
        created = self.terraform(*(f"shop-{each}-key" for each in "abcde"))
        flag = "gcloud run deploy web --set-secrets=A_KEY={}-$ENV:latest\n"
        write(tmp_path, {"services.py": self.MAPPING, "main.tf": created, "x.sh": flag.format("shop-a-key")})
        assert said(tmp_path, "SSOT205") == []
        write(tmp_path, {"x.sh": flag.format("shop-aa-key")})
        assert said(tmp_path, "SSOT205") == [
            "error x.sh:1 `A_KEY` has two secret ids: `shop-aa-key-*` and `shop-a-key`; nothing creates `shop-aa-key-*`"
        ]

    def test_one_pattern_for_all_says_nothing(self, tmp_path: Path) -> None:
        everything = 'resource "google_secret_manager_secret" "x" {\n  secret_id = "shop-${var.name}"\n}\n'
        mapping = self.MAPPING.replace('-key"', '-key-staging"')
        write(tmp_path, {"services.py": mapping, "main.tf": everything})
        assert said(tmp_path, "SSOT202") == []


CODE = "import os\n" + "".join(f'{name} = os.environ["{name}_KEY"]\n' for name in "ABC")
FOR_ALL = 'SECRETS = {"web": {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key"}}\n'
INJECTING_TWO = "gcloud run deploy web-production --set-secrets A_KEY=a-key:1,B_KEY=b-key:1\n"


def test_what_nothing_reads_is_not_missed_in_a_deployment(tmp_path: Path) -> None:
    code = CODE.replace("C_KEY", "D_KEY")
    write(tmp_path, {**ENTRY, "main.py": code, "mapping.py": FOR_ALL, "deploy.sh": INJECTING_TWO})
    assert said(tmp_path, "SSOT202") == []


@pytest.mark.parametrize(
    ("guard", "is_missed"),
    [
        ('if stage == "production":\n        return', False),
        ('if stage.lower() in ("production", "preprod"):\n        return', False),
        ('if stage != "staging":\n        return', False),
        ("if is_production():\n        return", False),
        ("if not settings.is_staging:\n        raise ValueError", False),
        ('if os.environ.get("APP_ENV") == Stage.PRODUCTION or debug:\n        return', False),
        ('if stage == "staging":\n        return', True),
        ('if action == "production":\n        return', True),
        ('if stage == "production":\n        print()', True),
        ('if stage == "production":\n        print()\n    else:\n        return', True),
        ('if stage == "production" and debug:\n        return', True),
        ('if not (stage == "staging" or debug):\n        return', True),
    ],
)
def test_code_that_a_deployment_does_not_come_to(tmp_path: Path, guard: str, is_missed: bool) -> None:
    code = CODE.replace(
        'C = os.environ["C_KEY"]', f'def read(stage):\n    {guard}\n    C = os.environ["C_KEY"]\nread(x)'
    )
    write(tmp_path, {**ENTRY, "main.py": code, "mapping.py": FOR_ALL, "deploy.sh": INJECTING_TWO})
    assert bool(said(tmp_path, "SSOT202")) is is_missed


@pytest.mark.parametrize(
    ("injected", "found"),
    [
        ("A_KEY=a-key:1,B_KEY=b-key:1", ["C_KEY"]),
        ("A_KEY=a-key:1,B_KEY=b-key:1,C_KEY=c-key:1", []),
        ("A_KEY=a-key:1", []),  # not meant to have the rest
    ],
)
def test_what_a_list_requires_of_a_service_must_be_injected_into_it(
    tmp_path: Path, injected: str, found: list[str]
) -> None:
    listed = f'{MAPPING}SERVICE_SECRETS = {{"web": ["A_KEY", "B_KEY", "C_KEY", "D_KEY"]}}\n'
    write(tmp_path, {"secrets_config.py": listed, "deploy.sh": f"gcloud run deploy web --set-secrets {injected}\n"})
    assert said(tmp_path, "SSOT202") == [
        f"error deploy.sh:1 the deployment of `web` does not inject `{name}`, which secrets_config.py requires of it"
        for name in found
    ]


EXTERNAL = """kind: ExternalSecret
apiVersion: external-secrets.io/v1
metadata: {{name: {0}}}
spec: {{target: {{name: {0}}}, data: [{{secretKey: key, remoteRef: {{key: shop-{0}-key}}}}]}}
---
"""


def test_an_object_that_takes_the_one_secret_of_several_that_is_not_there(tmp_path: Path) -> None:
    created = "".join(
        f'resource "google_secret_manager_secret" "{name}" {{\n  secret_id = "shop-{name}-key"\n}}\n'
        for name in ("web", "mail")
    )
    manifests = "".join(EXTERNAL.format(name) for name in ("web", "mail", "jobs"))
    write(tmp_path, {"main.tf": created, "k8s/secrets.yaml": manifests})
    ((violation, span),) = violations(tmp_path, "SSOT202")
    assert (span.path, "shop-jobs-key" in violation.message) == ("k8s/secrets.yaml", True)


DEPLOYING = "".join(
    f"gcloud run deploy web-{name} --set-secrets=A_KEY=a-key-{name}:1,B_KEY=b-key-{name}:1,C_KEY=c-key-{name}:1\n"
    for name in ("staging", "production")
)


@pytest.mark.parametrize(
    ("created", "found"),
    [
        ({"main.tf": ("staging", "production")}, False),
        ({"main.tf": ("production",)}, True),
        ({"main.tf": ("production",), "create.sh": ("staging",)}, False),
        ({"production/main.tf": ("production",)}, False),  # those of staging may be made in another folder
        ({"inventory/ids.txt": ("production",)}, False),  # what is there in one project
        ({}, False),
    ],
)
def test_an_environment_for_which_nothing_is_created(
    tmp_path: Path, created: dict[str, tuple[str, ...]], found: bool
) -> None:
    files = {"deploy.sh": DEPLOYING}
    for path, names in created.items():
        ids = [f"{each}-key-{name}" for name in names for each in "abc"]
        listed = ", ".join(f'"{each}"' for each in ids)
        files[path] = {
            "tf": f'resource "google_secret_manager_secret" "x" {{\n  for_each = toset([{listed}])\n  '
            "secret_id = each.key\n}\n",
            "sh": "".join(f"gcloud secrets create {each}\n" for each in ids),
        }.get(path[-2:], "\n".join(ids))
    findings = said(write(tmp_path, files), "SSOT202")
    assert bool(findings) is found
    assert all(
        each.startswith("warning deploy.sh:1 nothing creates the secrets of staging: `A_KEY`, `B_KEY` and `C_KEY`")
        for each in findings
    )


def test_an_environment_that_has_some_secrets_of_its_own(tmp_path: Path) -> None:
    """What is shared by all, and what the other environment alone has, is no whole environment."""
    created = "".join(f"gcloud secrets create {each}-key-production\n" for each in "xyz")
    assert said(write(tmp_path, {"deploy.sh": DEPLOYING, "create.sh": created}), "SSOT202") == []


EXPORTED = """apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: web-staging, uid: 5c1e}
spec:
  template:
    spec:
      containers:
        - env:
            - {name: A_KEY, valueFrom: {secretKeyRef: {name: a-key, key: latest}}}
            - {name: B_KEY, valueFrom: {secretKeyRef: {name: b-key, key: latest}}}
status: {observedGeneration: 4}
"""


@pytest.mark.parametrize(
    ("others", "level"),
    [
        ({}, "error"),  # nothing else says how it is deployed
        (
            {"deploy.sh": "gcloud run deploy web-staging --set-secrets A_KEY=a-key:1,B_KEY=b-key:1,C_KEY=c-key:1\n"},
            "note",
        ),
        ({"deploy.sh": 'gcloud run deploy web-staging --set-secrets "$ALL"\n'}, "note"),
    ],
)
def test_what_was_deployed_lags_behind(tmp_path: Path, others: dict[str, str], level: str) -> None:
    """The next deployment brings what the mapping has gained: nobody can do that before it is merged."""
    write(tmp_path, {**ENTRY, "main.py": CODE, "mapping.py": FOR_ALL, "exported.yaml": EXPORTED, **others})
    assert [each.split(" `")[0] for each in said(tmp_path, "SSOT202")] == [f"{level} exported.yaml:9 the deployment of"]


@pytest.mark.parametrize("created", ["session-key", "sesion-key", None])
def test_a_slip_in_what_creates_secrets_for_all_environments_is_one_fault(tmp_path: Path, created: str | None) -> None:
    ids = ["db-password", "jwt-key", "api-token", *([created] if created else [])]
    names = ["DB_PASSWORD", "JWT_KEY", "API_TOKEN", "SESSION_KEY"]
    mapping = {
        where: {each: f"{each.lower().replace('_', '-')}-{where}" for each in names}
        for where in ("staging", "production")
    }
    terraform = f"""
variable "environment" {{}}
resource "google_secret_manager_secret" "app" {{
  for_each  = toset({ids})
  secret_id = "${{each.key}}-${{var.environment}}"
}}
""".replace("'", '"')
    variables = {f"infra/{each}.tfvars": f'environment = "{each}"\n' for each in ("staging", "production")}
    write(tmp_path, {"secrets_config.py": f"SECRETS = {mapping}\n", "infra/secrets.tf": terraform, **variables})
    found = said(tmp_path, "SSOT202")
    assert ["`session-key-staging` and `session-key-production`" in each for each in found] == [True] * (
        created != "session-key"
    )
