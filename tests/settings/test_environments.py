from __future__ import annotations

import pytest

from ssot_lint.settings.environments import (
    environment_of_id,
    environment_of_path,
    environment_of_value,
    stem_of_id,
    words_of_environments,
)


@pytest.mark.parametrize(
    ("identifier", "environment", "stem"),
    [
        ("jwt-key-staging", "staging", "jwt-key"),
        ("prod-jwt-key", "production", "jwt-key"),
        ("e2e-oauth-key-staging", "staging", "e2e-oauth-key"),
        ("e2e-oauth-key", "", "e2e-oauth-key"),
        ("live-chat-token", "", "live-chat-token"),
        ("jwt-key-live", "production", "jwt-key"),
        ("jwt-key", "", "jwt-key"),
        ("/shop/staging/jwt-key", "staging", "/shop/jwt-key"),
        ("shop/prod/jwt-key", "production", "shop/jwt-key"),
        ("/shop/*/jwt-key", "", "/shop/jwt-key"),
        ("/shop/test/staging/jwt-key", "", "/shop/test/staging/jwt-key"),
        ("/shop/jwt-key-staging", "staging", "/shop/jwt-key"),
    ],
)
def test_the_environment_of_an_id(identifier: str, environment: str, stem: str) -> None:
    assert (environment_of_id(identifier), stem_of_id(identifier)) == (environment, stem)


@pytest.mark.parametrize(
    ("name", "environments"),
    [
        ("JWT_SECRET_STAGING", {"staging"}),
        ("TEST_DATABASE_URL", {"test"}),
        ("E2E_OAUTH_SIMULATION_KEY", set()),
        ("STRIPE_LIVE_KEY", set()),
        ("STRIPE_KEY_LIVE", {"production"}),
    ],
)
def test_the_environments_that_a_name_speaks_of(name: str, environments: set[str]) -> None:
    assert words_of_environments(name) == environments


@pytest.mark.parametrize(
    ("path", "environment"),
    [
        ("config/staging.env", "staging"),
        (".env.staging.tests", "test"),
        ("e2e-staging.env", "test"),
        ("config/prod/web.env", "production"),
        ("deploy/ci-staging.yml", ""),
    ],
)
def test_the_environment_of_a_path(path: str, environment: str) -> None:
    assert environment_of_path(path) == environment


@pytest.mark.parametrize(
    ("value", "environment"),
    [
        ("https://api.staging.shop.dev", "staging"),
        ("shop-files-prod", "production"),
        ("https://shop.dev", ""),
        ("staging", ""),
        ("prod-to-staging-sync", ""),
        ("https://live.shop.com/stage", ""),
        ("a word of staging", ""),
    ],
)
def test_the_environment_of_a_value(value: str, environment: str) -> None:
    assert environment_of_value(value) == environment
