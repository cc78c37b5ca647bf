"""Settings that others than the project give or read: platforms, tools and libraries."""

from __future__ import annotations

import re

PLATFORM = frozenset({
    "HOME", "PATH", "USER", "USERNAME", "PWD", "SHELL", "LANG", "TERM", "TMPDIR", "TEMP", "TMP", "HOSTNAME", "DISPLAY",
    "PORT", "CI", "VIRTUAL_ENV", "LOGNAME", "EDITOR", "PYTHONPATH", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
    "PROGRAMFILES", "SYSTEMROOT", "COMSPEC", "WINDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME",
    "K_SERVICE", "K_REVISION", "K_CONFIGURATION", "DYNO", "RANK", "LOCAL_RANK", "WORLD_SIZE", "MASTER_ADDR",
    "MASTER_PORT",
})  # fmt: skip
PLATFORM_PREFIXES = (
    "GITHUB_", "RUNNER_", "GITLAB_", "CI_", "KUBERNETES_", "AWS_LAMBDA_", "AWS_EXECUTION_", "ECS_", "HEROKU_",
    "VERCEL_", "RENDER_", "RAILWAY_", "FLY_", "CODESPACE", "SLURM_", "JPY_", "READTHEDOCS", "PYTEST_", "CONDA_",
    "COLAB_", "KAGGLE_",
)  # fmt: skip
LIBRARY_PREFIXES = (
    "PYTHON", "UVICORN_", "GUNICORN_", "WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS", "FLASK_", "DJANGO_", "CELERY_", "AWS_",
    "GOOGLE_", "GCP_", "GCLOUD_", "CLOUDSDK_", "AZURE_", "OTEL_", "SENTRY_", "DD_", "NEW_RELIC_", "PROMETHEUS_",
    "PG", "LANGCHAIN_", "LANGSMITH_", "LANGFUSE_", "HF_", "HUGGING", "TRANSFORMERS_", "CUDA_", "NVIDIA_", "TORCH",
    "OMP_", "MKL_", "TOKENIZERS_", "TZ", "LC_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_",
    "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "COMPOSE_", "DOCKER_", "NODE_", "NPM_", "VITE_", "NEXT_PUBLIC_",
    "REACT_APP_", "NUXT_", "PREFECT_", "AIRFLOW_", "DBT_", "MLFLOW_", "WANDB_",
)  # fmt: skip
IMAGE_PREFIXES = (
    "POSTGRES_", "POSTGRESQL_", "MYSQL_", "MARIADB_", "MONGO_", "REDIS_", "RABBITMQ_", "CLICKHOUSE_", "KAFKA_",
    "MINIO_", "ELASTIC", "GF_", "PGADMIN_", "KEYCLOAK_", "KC_", "TRAEFIK_", "NGINX_",
)  # fmt: skip
"""What images of others read; no library reads it in a service of the project."""
_EMULATOR = "_EMULATOR_HOST"
"""How names end by which clients of Google Cloud are sent to an emulator (`PUBSUB_EMULATOR_HOST`)."""
_CLIENTS = re.compile(
    r"(?:OPENAI|ANTHROPIC|GEMINI|COHERE|GROQ|MISTRAL|TAVILY|PINECONE|QDRANT|WEAVIATE|SUPABASE|STRIPE|TWILIO|SLACK)_"
    r"(?:API_(?:KEY|BASE|TYPE|VERSION|URL|SECRET|HOST)|(?:BASE_)?URL|HOST|KEY|SERVICE_KEY|ORG_ID|ORGANIZATION"
    r"|PROJECT(?:_ID)?|ENVIRONMENT|REGION|EDGE|LOG|ACCOUNT_SID|(?:AUTH|BOT|APP|USER)_TOKEN|SIGNING_SECRET"
    r"|CLIENT_(?:ID|SECRET))"
)
"""What clients of services read by themselves: `STRIPE_API_KEY`, and not `STRIPE_PRICE_TEAM`."""


def is_platform(name: str) -> bool:
    """Whether the platform that a program runs on gives it that name."""
    return name in PLATFORM or name.startswith(PLATFORM_PREFIXES)


def is_known_outside(name: str, *, in_own_code: bool = False) -> bool:
    """Whether a library or a tool is known to read names like that by itself, or, but `in_own_code`, an image."""
    is_of_library = (
        name.startswith(LIBRARY_PREFIXES) or name.endswith(_EMULATOR) or _CLIENTS.fullmatch(name) is not None
    )
    return is_platform(name) or is_of_library or (not in_own_code and name.startswith(IMAGE_PREFIXES))
