"""The security headers of every answer."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.cities.models import City
from cityplus.web.headers import content_security_policy

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def test_the_policy_is_exactly_this() -> None:
    assert content_security_policy("") == POLICY


@pytest.mark.parametrize("basemap", ["/srv/maps/planet.pmtiles", "maps/planet.pmtiles"])
def test_a_map_on_our_own_disk_opens_nothing(basemap: str) -> None:
    assert content_security_policy(basemap) == POLICY


def test_a_named_map_style_opens_its_origin_and_nothing_else() -> None:
    policy = content_security_policy("https://tiles.example:8443/styles/night.json?key=a;b")
    opened = POLICY.replace("data: blob:", "data: blob: https://tiles.example:8443").replace(
        "connect-src 'self'", "connect-src 'self' https://tiles.example:8443"
    )
    assert policy == opened


@pytest.mark.parametrize(
    ("path", "status"), [("/livez", 200), ("/cities/", 200), ("/nowhere/", 404), ("/account/", 302), ("/theme/", 405)]
)
def test_every_answer_carries_them(stranger: Client, thehague: City, path: str, status: int) -> None:
    for _ in range(2):  # a kept page carries them as well
        answer = stranger.get(path)
        assert answer.status_code == status
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "geolocation=(self)" in answer.headers["Permissions-Policy"]


def test_a_host_that_is_not_ours_is_refused(stranger: Client, db: None) -> None:
    answer = stranger.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert b"evil.example" not in answer.content
