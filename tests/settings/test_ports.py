"""Ports at which images listen, and to which requests are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

IMAGE = "FROM python:3.11\nCMD {}\n"
AT_8000 = '["uvicorn", "web.main:app", "--host", "0.0.0.0", "--port", "8000"]'
SHELL = 'sh -c "uvicorn web.main:app --port ${PORT:-8000}"'
WRONG = "`web` listens at port 8000, and requests to it go to "


@pytest.mark.parametrize(
    ("command", "deploy", "found"),
    [
        (AT_8000, "gcloud run deploy web --image x --port=8000", ""),
        (AT_8000, "gcloud run deploy web --image x --port=9000", f"error deploy.sh:1 {WRONG}9000"),
        (AT_8000, "gcloud run deploy web --image x", f"error deploy.sh:1 {WRONG}8080"),  # as Cloud Run does
        (AT_8000, "gcloud run deploy web --image x --args=--port=8080", ""),
        (AT_8000, "gcloud run deploy web --image x --port=$PORT", ""),
        (AT_8000, "gcloud run deploy web --image x $FLAGS", ""),
        (AT_8000, "gcloud run deploy other --image x --port=9000", ""),
        (AT_8000, "gcloud run jobs deploy web --image x", ""),
        (SHELL, "gcloud run deploy web --image x --port=9000", ""),
        ('["gunicorn", "-b", "0.0.0.0:8000", "web.main:app"]', "gcloud run deploy web --image x", WRONG),
        ("exec gunicorn --bind=:8000 web.main:app", "gcloud run deploy web --image x", WRONG),
        ('["python", "-m", "uvicorn", "web.main:app", "--port=8000"]', "gcloud run deploy web --image x", WRONG),
        ('["python", "-m", "web", "--port", "8000"]', "gcloud run deploy web --image x", ""),  # its own affair
    ],
)
def test_where_a_deployment_sends_requests(tmp_path: Path, command: str, deploy: str, found: str) -> None:
    write(tmp_path, {"docker/web.Dockerfile": IMAGE.format(command), "deploy.sh": f"{deploy}\n"})
    assert [found in each for each in said(tmp_path, "SSOT301")] == [True] * bool(found)


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('uvicorn.run("web.app:app", port=8000)', f"error deploy.sh:1 {WRONG}8080"),
        ('uvicorn.run("web.app:app")', f"error deploy.sh:1 {WRONG}8080"),  # where uvicorn listens by itself
        ('uvicorn.run("web.app:app", port=8080)', ""),
        ('uvicorn.run("web.app:app", port=int(os.environ["PORT"]))', ""),
        ('uvicorn.run("web.app:app", **OPTIONS)', ""),
        ('uvicorn.run("web.app:app") if os else uvicorn.run("web.app:app", port=8080)', ""),
    ],
)
def test_where_code_listens(tmp_path: Path, call: str, found: str) -> None:
    code = {"web/__init__.py": "", "web/__main__.py": f"import os, uvicorn\nOPTIONS = {{}}\n{call}\n"}
    image = IMAGE.format('["python", "-m", "web"]')
    write(tmp_path, {**code, "web/Dockerfile": image, "deploy.sh": "gcloud run deploy web --image x\n"})
    assert [found in each for each in said(tmp_path, "SSOT301")] == [True] * bool(found)


def test_the_last_stage_counts(tmp_path: Path) -> None:
    image = f"FROM python AS dev\nCMD {AT_8000}\nFROM python\nCMD {AT_8000.replace('8000', '8080')}\n"
    write(tmp_path, {"docker/web.Dockerfile": image, "deploy.sh": "gcloud run deploy web --image x\n"})
    assert not said(tmp_path, "SSOT301")


@pytest.mark.parametrize(("port", "found"), [("8000", 0), ("9000", 1)])
def test_a_record_of_a_deploy_script(tmp_path: Path, port: str, found: int) -> None:
    script = f"""
SERVICES = [Service(name="web", port={port}, env_vars={{"LOG_LEVEL": "info"}})]

def deploy(service):
    run(["gcloud", "run", "deploy", service.name, "--port", str(service.port)])
"""
    write(tmp_path, {"web/Dockerfile": IMAGE.format(AT_8000), "deploy.py": script})
    assert len(said(tmp_path, "SSOT301")) == found


def test_an_image_that_was_moved_to_another_port_is_one_fault(tmp_path: Path) -> None:
    deploy = "gcloud run deploy web-{0} --image x --port=9000\n"
    compose = (
        "services:\n  web:\n    build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['9000:9000']\n"
    )
    scripts = {f"{each}.sh": deploy.format(each) for each in ("staging", "production")}
    write(tmp_path, {"docker/web.Dockerfile": IMAGE.format(AT_8000), "docker-compose.yml": compose, **scripts})
    (finding,) = said(tmp_path, "SSOT301")
    assert finding.startswith(
        "error docker/web.Dockerfile:2 `web-production` and `web-staging` listen at port 8000, and"
    )


def test_an_exported_service_is_what_was_deployed(tmp_path: Path) -> None:
    service = """
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - image: x
        ports: [{containerPort: 9000}]
"""
    write(tmp_path, {"docker/web.Dockerfile": IMAGE.format(AT_8000), "run/web.yaml": service})
    assert len(said(tmp_path, "SSOT301")) == 1
    write(tmp_path, {"run/web.yaml": service.replace("{name: web}", "{name: web, uid: abc}")})
    assert not said(tmp_path, "SSOT301")


@pytest.mark.parametrize(
    ("service", "found"),
    [
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['80:8000']", ""),
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['8000:80', '5678:5678']", "80 and 5678"),
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['8000:80', '5678:8000']", ""),
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['8000:${PORT}']", ""),
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: [{target: 80, published: 80}]", "80"),
        ("build: docker\n    ports: ['8000:80']", ""),
        ("image: web\n    command: uvicorn a:b --port 8001\n    ports: ['8000:8000']", "8000"),
        ("image: web\n    command: uvicorn a:b --port 8000\n    ports: ['127.0.0.1:80:8000/tcp']", ""),
        ("image: web\n    ports: ['8000:80']", ""),
        ("build: {context: ., dockerfile: docker/web.Dockerfile}\n    ports: ['8000:²']", ""),  # a digit, no number
    ],
)
def test_what_a_compose_file_publishes(tmp_path: Path, service: str, found: str) -> None:
    compose = f"services:\n  web:\n    {service}\n"
    write(tmp_path, {"docker/web.Dockerfile": IMAGE.format(AT_8000), "docker-compose.yml": compose})
    told = said(tmp_path, "SSOT301")
    assert [each.endswith(f"requests to it go to {found}") for each in told] == [True] * bool(found)
    assert all(each.startswith("warning docker-compose.yml") for each in told)


@pytest.mark.parametrize(("port", "extra", "count"), [("8000", "", 0), ("9000", "", 1), ("9000", 'args = ["x"]', 0)])
def test_a_service_of_terraform(tmp_path: Path, port: str, extra: str, count: int) -> None:
    service = f"""
resource "google_cloud_run_v2_service" "web" {{
  name = "web-production"
  template {{
    containers {{
      {extra}
      ports {{
        container_port = {port}
      }}
    }}
  }}
}}
"""
    write(tmp_path, {"docker/web.Dockerfile": IMAGE.format(AT_8000), "infra/web.tf": service})
    assert len(said(tmp_path, "SSOT301")) == count
