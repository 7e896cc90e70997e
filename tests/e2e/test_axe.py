"""axe finds nothing on any page, in any theme, direction and width that we promise (WCAG 2.2 AA).

Pages that visitors live on are looked at in three languages, at both widths and in both themes; the others in a few of
these. One load serves both themes: they are colours under one attribute, so by day only the rules of colour run again.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.e2e.conftest import DAY, NIGHT, SHENZHEN, Open

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PROMISED = {
    "home": "/",
    "directory": "/cities/",
    "city": "/@thehague/",
    "route": SHENZHEN,
    "stop": "/@thehague/routes/22-destinations/stops/8/",
    "about": "/about/",
}
OTHERS = {
    "friendships": "/ties/",
    "pair": "/ties/shenzhen+thehague/",
    "routes": "/routes/",
    "search": "/search/",
    "found": "/search/?q=vredespaleis",
    "not found by search": "/search/?q=xyzzyqua",
    "pulse": "/pulse/",
    "counting": "/pulse/counting/",
    "keepsake": "/ceremonies/1/",
    "sign-in": "/account/session/",
    "not found": "/nothing/here/",
    "manual of the API": "/api/cityplus/v1/",
}
LOOKS = [
    *product(PROMISED.values(), ["", "/zh-hans", "/ar"], [1440, 390]),
    *product(OTHERS.values(), ["/nl"], [1440]),
    *product(OTHERS.values(), ["/ar"], [390]),
    *product(["/design/"], [""], [1440, 390]),
]
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def look(page: Page, rules: dict[str, Any]) -> tuple[list[str], int]:
    """What axe finds, and how many rules found something to look at and nothing wrong.

    Stops far from view are laid out for it: else it would measure the sizes that stand in for theirs.
    """
    report: dict[str, Any] = page.evaluate(
        """async rules => {
          for (const stop of document.querySelectorAll(".stop")) stop.style.contentVisibility = "visible";
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));  // what it waits for is drawn
          const turning = document.getAnimations().filter(animation => animation instanceof CSSTransition);
          await Promise.all(turning.map(transition => transition.finished.catch(() => {})));
          return axe.run(document, {runOnly: rules, resultTypes: ["violations", "passes"]});
        }""",
        rules,
    )
    found = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]} {v['help']}" for v in report["violations"]]
    return found, len(report["passes"])


@pytest.mark.parametrize(("path", "prefix", "width"), LOOKS)
def test_axe_finds_nothing(open_page: Open, path: str, prefix: str, width: int) -> None:
    page = open_page(prefix + path, theme=NIGHT, width=width)
    page.wait_for_function("() => !document.querySelector('night-globe:not([data-state])')")
    assert AXE.exists(), "axe-core is missing: python tools/frontend.py installs it"
    # The page's policy forbids inline scripts, so axe comes in through the debugger, as the browser's own tools do.
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, "\n".join([*by_night, *(f"by day: {line}" for line in by_day)])
    assert passes > 15, "axe looked at next to nothing"


@pytest.mark.parametrize("path", [SHENZHEN, "/@thehague/"])
def test_the_day_of_the_server_is_the_day_of_the_script(open_page: Open, path: str) -> None:
    """What makes one load enough: a page that comes in the day's colours is axe-clean as a whole too."""
    page = open_page(path, theme=DAY)
    page.evaluate(AXE.read_text())
    found, passes = look(page, TAGS)
    assert not found, "\n".join(found)
    assert passes > 15
