"""What happens in the network reaches an open page, which offers it and moves nothing by itself."""

from __future__ import annotations

import json
import secrets
import shutil
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import expect
from tests.e2e.conftest import ROOT, Open, Running


def pack_with_another_route(folder: Path, slug: str, title: str) -> Path:
    """Liège as in the sample, and a route of two stops beside it."""
    pack = folder / "liege"
    shutil.copytree(ROOT / "content" / "liege", pack)
    city = yaml.safe_load((pack / "city.yaml").read_text())
    words = {"fr": title, "en": title}
    picture = city["cover"]
    stop: dict[str, Any] = {
        "original": "fr", "title": words, "story": words, "look_for": words, "access": words,
        "step_free": "unknown", "pictures": [picture],
    }  # fmt: skip
    route: dict[str, Any] = {
        "format": city["format"], "original": "fr", "title": words, "summary": words, "theme": "architecture",
        "mode": "walk", "difficulty": "easy", "minutes": 60, "step_free": words, "season": words, "best_time": words,
        "cover": picture,
    }  # fmt: skip
    stops = pack / "routes" / slug / "stops"
    stops.mkdir(parents=True)
    (stops.parent / "route.yaml").write_text(json.dumps(route))
    first = stop | {"place": {"lat": 50.6452, "lon": 5.5736}}
    second = stop | {"place": {"lat": 50.6401, "lon": 5.5718}, "leg": {"mode": "walk"}}
    (stops / "01-quay.yaml").write_text(json.dumps(first))
    (stops / "02-stairs.yaml").write_text(json.dumps(second))
    return pack


def test_a_new_route_is_offered_to_who_has_the_page_open(open_page: Open, running: Running, tmp_path: Path) -> None:
    slug = f"test-{secrets.token_hex(4)}"
    title = f"Chemin {slug}"
    page = open_page("/about/")
    with page.expect_response("**/live/news/"):
        page.goto(running.address + "/")
    news, offer = page.locator("#news"), page.locator("live-news [role=status] button")
    before = news.inner_text()
    expect(offer).to_have_count(0)

    running.cityplus("pack", "import", str(pack_with_another_route(tmp_path, slug, title)))

    expect(offer).to_have_text("Something new has come. Show it")
    assert news.inner_text() == before, "nothing moves unasked"
    offer.click()
    expect(news.locator("li").first).to_contain_text(title)
    expect(offer).to_have_count(0)
    expect(news.locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("article.stop")).to_have_count(2)
