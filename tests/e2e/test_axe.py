"""axe finds nothing on any page, in any theme, direction and width that we promise (WCAG 2.2 AA)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.e2e.conftest import DAY, NIGHT, Open

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "home": "/",
    "directory": "/cities/",
    "city": "/@thehague/",
    "route": "/@shenzhen/routes/5-landmarks/",
    "stop": "/@thehague/routes/22-destinations/stops/8/",
    "about": "/about/",
    "friendships": "/ties/",
    "pair": "/ties/shenzhen+thehague/",
    "routes": "/routes/",
    "sign-in": "/account/session/",
    "design": "/design/",
}
PROMISED = ["home", "directory", "city", "route", "stop", "about"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", [NIGHT, DAY])
@pytest.mark.parametrize("prefix", ["", "/zh-hans", "/ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, name: str, prefix: str, theme: str, width: int) -> None:
    if name == "design" and prefix:
        prefix = ""
    if name not in PROMISED and prefix == "/zh-hans":
        prefix = "/nl"
    page = open_page(prefix + PAGES[name], theme=theme, width=width)
    assert AXE.exists(), "axe-core is missing: python tools/frontend.py installs it"
    # The page's policy forbids inline scripts, so axe comes in through the debugger, as the browser's own tools do.
    page.evaluate(AXE.read_text())
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    found = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]} {v['help']}" for v in result["violations"]]
    assert not found, "\n".join(found)
    assert len(result["passes"]) > 15, "axe looked at next to nothing"
