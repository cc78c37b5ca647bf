"""Settings that others than the project give or read: platforms, tools and libraries."""

from __future__ import annotations

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
    "POSTGRES_", "POSTGRESQL_", "PG", "MYSQL_", "MARIADB_", "MONGO_", "REDIS_", "RABBITMQ_", "CLICKHOUSE_", "KAFKA_",
    "MINIO_", "ELASTIC", "OPENAI_", "ANTHROPIC_", "GEMINI_", "LANGCHAIN_", "LANGSMITH_", "LANGFUSE_", "HF_", "HUGGING",
    "TRANSFORMERS_", "CUDA_", "NVIDIA_", "TORCH", "OMP_", "MKL_", "TOKENIZERS_", "TZ", "LC_", "HTTP_PROXY",
    "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "COMPOSE_", "DOCKER_", "NODE_",
    "NPM_", "VITE_", "NEXT_PUBLIC_", "REACT_APP_", "NUXT_", "GF_", "PGADMIN_", "KEYCLOAK_", "KC_", "TRAEFIK_", "NGINX_",
    "STRIPE_", "TWILIO_", "PREFECT_", "AIRFLOW_", "DBT_", "MLFLOW_", "WANDB_", "SLACK_", "TAVILY_", "COHERE_", "GROQ_",
    "MISTRAL_", "PINECONE_", "QDRANT_", "WEAVIATE_", "SUPABASE_",
)  # fmt: skip


def is_platform(name: str) -> bool:
    """Whether the platform that a program runs on gives it that name."""
    return name in PLATFORM or name.startswith(PLATFORM_PREFIXES)


def is_known_outside(name: str) -> bool:
    """Whether a library or a tool is known to read names like that by itself."""
    return is_platform(name) or name.startswith(LIBRARY_PREFIXES)
