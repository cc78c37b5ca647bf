"""What workflows, build steps and charts hand to services."""

from __future__ import annotations

import pytest

from ssot_lint.settings.readers import readers
from tests.settings.projects import read, short


def test_gcloud_in_a_cloud_build_step() -> None:
    text = "steps:\n  - entrypoint: gcloud\n    args: [run, deploy, web, '--set-secrets=A=$_ID:1', '--timeout=60']\n"
    assert short(read("gcloud", "cloudbuild.yaml", text)) == [
        ("deployed", "A", "*", 3),
        ("deployed", "--timeout", "literal", 3),
    ]


def test_gcloud_in_a_workflow() -> None:
    text = "jobs:\n  d:\n    steps:\n      - run: |\n          set -e\n          gcloud run deploy web --timeout=60\n"
    assert short(read("gcloud", ".github/workflows/d.yml", text)) == [("deployed", "--timeout", "literal", 6)]


def test_a_step_that_is_gcloud_itself() -> None:
    text = "steps:\n  - name: gcr.io/cloud-builders/gcloud\n    args: [run, deploy, web, '--timeout=60']\n"
    assert readers()["gcloud"].recognizes("cloudbuild.yaml", text)
    assert short(read("gcloud", "cloudbuild.yaml", text)) == [("deployed", "--timeout", "literal", 3)]


def test_github_workflow() -> None:
    text = """\
env: {A: 1}
jobs:
  deploy:
    environment: prod
    env: {B: "${{ secrets.B_SECRET }}"}
    steps:
      - env: {C: "${{ vars.C_VAR }}"}
        run: x ${{ secrets.D }}
"""
    found = read("github-workflow", ".github/workflows/x.yml", text)
    assert short(found) == [
        ("set", "A", "literal", 1), ("set", "B", "B_SECRET", 5), ("set", "C", "computed", 7),
        ("read", "B_SECRET", "unset", 5), ("read", "C_VAR", "unset", 7), ("read", "D", "unset", 8),
    ]  # fmt: skip
    assert [each.environment for each in found[:3]] == ["", "production", "production"]


def test_actions_that_deploy() -> None:
    text = """\
jobs:
  web:
    environment: {name: prod}
    steps:
    - uses: google-github-actions/deploy-cloudrun@v2
      with:
        service: web
        timeout: 60
        env_vars: |
          LEVEL=info
          # OLD=1
          HOST=${{ vars.HOST }}
        secrets: A_KEY=a-id:latest,B_KEY=projects/p/secrets/b-id:1
        flags: --set-env-vars=MORE=1
  worker:
    steps:
    - uses: aws-actions/amazon-ecs-render-task-definition@v1
      with:
        container-name: worker
        environment-variables: |
          EMPTY=
        secrets: |
          C_KEY=arn:aws:secretsmanager:eu-west-1:1:secret:app/c
    - uses: actions/checkout@v4
      with: {env_vars: NOT=1}
"""
    found = read("deploy-action", ".github/workflows/deploy.yml", text)
    assert [(each.service, each.environment, *short([each])[0][1:]) for each in found] == [
        ("web", "production", "--timeout", "literal", 8),
        ("web", "production", "LEVEL", "literal", 10),
        ("web", "production", "HOST", "computed", 12),
        ("web", "production", "A_KEY", "a-id", 13),
        ("web", "production", "B_KEY", "b-id", 13),
        ("web", "", "MORE", "literal", 14),
        ("worker", "", "EMPTY", "empty", 21),
        ("worker", "", "C_KEY", "app/c", 23),
    ]


def test_helm_values() -> None:
    text = "image: web\nenv: {A_URL: x, B_KEY: ''}\nmore:\n- {name: C_URL, value: 1}\n- {name: NOT}\nx: {A: 1, b: 2}\n"
    assert short(read("helm-values", "chart/values-staging.yaml", text)) == [
        ("set", "A_URL", "literal", 2),
        ("set", "B_KEY", "empty", 2),
        ("set", "C_URL", "literal", 4),
    ]


def test_shell_variables_that_double_each_other_end() -> None:
    text = "A=x\n" + 'A="$A $A"\n' * 60 + "gcloud run deploy w --set-env-vars=$A,B=1\n"
    assert {each.name for each in read("gcloud", "deploy.sh", text)} <= {"*", "B", "--timeout"}


def test_a_loop_gives_each_value_in_a_word() -> None:
    text = 'for x in a b; do gcloud secrets create "$x-key-${ENV}"; done\n'
    assert [each.name for each in read("gcloud", "create.sh", text)] == ["a-key-*", "b-key-*"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('make() {\n  local name=$1\n  gcloud secrets create "$name-key"\n}\nmake a 1\nmake b 2\n', ["a-key", "b-key"]),
        ('make() { gcloud secrets create "${1}-key"; }\nfor x in a b; do make $x; done\n', ["a-key", "b-key"]),
        ('make() { gcloud secrets create "a-$1"; }\n', ["a-*"]),
        ('make() { make "$1"; gcloud secrets create "a-$1"; }\nmake b\n', ["a-b"]),
        ('f() { :; }\nf x\ngcloud secrets create "a-$1"\n', ["a-*"]),
        (
            'declare -A S=(["a-key"]="$A" [b-key]=x)\nfor k in "${!S[@]}"; do gcloud secrets create "$k"; done\n',
            ["a-key", "b-key"],
        ),
    ],
)
def test_functions_and_tables_of_the_shell(text: str, names: list[str]) -> None:
    assert [each.name for each in read("gcloud", "create.sh", text)] == names


@pytest.mark.parametrize(
    "script",
    [
        'L=$(IFS=,; echo "${S[*]}")\nDEPLOY "$L"\n',
        "L=$(IFS=','; printf '%s' \"${S[*]}\")\nDEPLOY \"$L\"\n",
        'L=$(printf \'%s,\' "${S[@]}")\nDEPLOY "${L%,}"\n',
        'L=$(printf ",%s" "${S[@]}")\nDEPLOY "${L:1}"\n',
        'IFS=,\nDEPLOY "${S[*]}"\n',
        'L=$(printf \'%s\\n\' "${S[@]}" | paste -sd, -)\nDEPLOY "$L"\n',
        "DEPLOY \"$(printf '%s\\n' \"${S[@]}\" | tr '\\n' ',')\"\n",
        'join_by() { local IFS="$1"; shift; echo "$*"; }\nDEPLOY "$(join_by , "${S[@]}")"\n',
    ],
)
@pytest.mark.parametrize("deploy", ["gcloud run deploy w --set-secrets", "gcloud run deploy w --set-secrets="])
def test_arrays_that_are_put_together(script: str, deploy: str) -> None:
    deploying = script.replace("DEPLOY ", f"{deploy} ").replace("= ", "=")
    text = f'S=(\n  "A=a-id:latest"\n  "B=b-$ENV:latest"\n)\n{deploying}'
    found = [(each.name, each.secret, each.line) for each in read("gcloud", "deploy.sh", text) if each.secret]
    assert found == [("A", "a-id", 2), ("B", "b-*", 3)]


def test_what_is_added_to_a_text_of_the_shell() -> None:
    text = 'V="A=1"\nV+=",B=2"\nif [ "$X" ]; then\n  V+=",C=3"\nfi\ngcloud run deploy w --set-env-vars "$V"\n'
    found = [(each.name, each.line) for each in read("gcloud", "deploy.sh", text) if each.name != "--timeout"]
    assert found == [("A", 1), ("B", 2), ("C", 4)]


def test_what_is_not_put_together_by_a_comma_stays_unknown() -> None:
    text = 'S=("A=a" "B=b")\nL=$(echo "${S[*]}" | sort)\ngcloud run deploy w --set-secrets "$L"\n'
    assert [each.name for each in read("gcloud", "deploy.sh", text) if each.name != "--timeout"] == ["*"]


def test_loops_of_the_shell_run_once_for_each_value() -> None:
    text = """
for env in staging production; do
  gcloud run deploy web-$env --set-secrets "A=a-$env:1,B=b-$env:1"
done
for name in a b; do
  echo nothing
done
"""
    found = [(each.service, each.name, each.secret) for each in read("gcloud", "deploy.sh", text) if each.secret]
    assert found == [
        ("web-staging", "A", "a-staging"),
        ("web-staging", "B", "b-staging"),
        ("web-production", "A", "a-production"),
        ("web-production", "B", "b-production"),
    ]


def test_a_service_is_known_without_the_environment_behind_it() -> None:
    text = "gcloud run deploy web-$ENV --set-env-vars=A=1 --timeout=60\ngcloud run deploy $NAME --set-env-vars=B=1\n"
    found = {each.name: each.service for each in read("gcloud", "deploy.sh", text) if each.kind == "gcloud"}
    assert found["A"] == "web"
    assert found["B"] == ""


@pytest.mark.parametrize(
    ("text", "environments"),
    [
        ("jobs:\n  a:\n    environment: staging\n    steps: [{run: DEPLOY}]\n", ["staging"]),
        ("jobs:\n  a:\n    environment: {name: prod}\n    steps: [{run: DEPLOY}]\n", ["production"]),
        ("jobs:\n  a:\n    environment: ${{ inputs.where }}\n    steps: [{run: DEPLOY}]\n", [""]),
        ("jobs:\n  a:\n    environment: pages\n    steps: [{run: DEPLOY}]\n", [""]),
        (
            "jobs:\n  a:\n    environment: staging\n    steps: [{run: DEPLOY}]\n  b:\n    steps: [{run: DEPLOY}]\n",
            ["staging", ""],
        ),
        ("web:\n  environment: {name: production/eu}\n  script: [DEPLOY]\n", ["production"]),
        ("web:\n  environment: staging\n  script:\n    - DEPLOY\nother:\n  script: [DEPLOY]\n", ["staging", ""]),
    ],
)
def test_the_environment_that_a_job_names(text: str, environments: list[str]) -> None:
    found = read("gcloud", "pipeline.yml", text.replace("DEPLOY", "gcloud run deploy web --set-env-vars A=1"))
    assert [each.environment for each in found if each.name == "A"] == environments


BY_CASE = """ENVIRONMENT="${1:?staging or production}"
case "$ENVIRONMENT" in
  staging|stg) PROJECT=shop-staging; SUFFIX=staging ;;
  production) PROJECT=shop-production; SUFFIX=production ;;
  *) echo usage; exit 1 ;;
esac
gcloud run deploy web --project "$PROJECT" --set-env-vars "ENVIRONMENT=$ENVIRONMENT" --set-secrets "A=a-$SUFFIX:latest"
"""
BY_IF = """if [ "$STAGE" = "production" ]; then
  SECRETS=(A=a-production:latest B=b-production:latest)
else
  SECRETS=(A=a-staging:latest C=c-staging:latest)
fi
gcloud run deploy web --set-secrets "$(IFS=,; echo "${SECRETS[*]}")"
"""
ADDED = """SECRETS=A=a:latest
if [[ $STAGE == staging ]]; then
  SECRETS="$SECRETS,B=b-staging:latest"
fi
gcloud run deploy web --project "shop-$STAGE" --set-secrets "$SECRETS"
"""
IN_LOOP = """for stage in staging production; do
  if [ "$stage" != production ]; then ID=a-staging; else ID=a-production; fi
  gcloud run deploy web --project shop-$stage --set-secrets "A=$ID:latest"
done
"""


@pytest.mark.parametrize(
    ("script", "deployed"),
    [
        (BY_CASE, [("staging", "A", "a-staging"), ("production", "A", "a-production")]),
        (
            BY_IF,
            [
                ("production", "A", "a-production"),
                ("production", "B", "b-production"),
                ("staging", "A", "a-staging"),
                ("staging", "C", "c-staging"),
            ],
        ),
        (ADDED, [("staging", "A", "a"), ("staging", "B", "b-staging"), ("", "A", "a")]),
        (IN_LOOP, [("staging", "A", "a-staging"), ("production", "A", "a-production")]),
    ],
)
def test_a_command_runs_once_for_each_value_that_decides(script: str, deployed: list[tuple[str, str, str]]) -> None:
    found = read("gcloud", "deploy.sh", script)
    assert [(each.environment, each.name, each.secret) for each in found if each.secret] == deployed


@pytest.mark.parametrize(
    "script",
    [
        'if command -v gcloud; then A=1; fi\ngcloud run deploy web --set-env-vars "B=2"\n',
        'if [ "$DEBUG" = 1 ]; then set -x; fi\ngcloud run deploy web --set-env-vars "B=2"\n',
        'case "$1" in --help) echo usage; exit ;; esac\ngcloud run deploy web --set-env-vars "B=2"\n',
    ],
)
def test_what_decides_nothing_is_run_once(script: str) -> None:
    found = [each for each in read("gcloud", "deploy.sh", script) if each.role == "deployed"]
    assert [(each.environment, each.name) for each in found if each.name == "B"] == [("", "B")]
