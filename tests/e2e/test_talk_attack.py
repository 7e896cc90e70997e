"""A hundred ways to make a page do what somebody else wants, wherever people write: none lives, and the policy is never needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request
from tests.attack.vectors import VECTORS
from tests.e2e.hall import Hall
from tests.e2e.talk_deeds import PASSWORD

WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => {
  window.broken.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
FOUND = """() => {
  const found = [];
  const main = document.querySelector("main");
  const ours = new Set(`A ARTICLE B BDI BLOCKQUOTE BR BUTTON DD DETAILS DIV DL DT EM FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3
    HEADER IMG INPUT LABEL LEGEND LI LIVE-POSTS LOCAL-MOMENT NAV OL OPTION P PATH PICTURE SECTION SELECT SOURCE SPAN STRONG SUMMARY SVG
    TIME UL`.split(/\\s+/));
  const leads = new Set(["href", "src", "action", "formaction", "xlink:href"]);
  const ask = new Set(["src", "action", "formaction"]);
  for (const element of main.querySelectorAll("*")) {
    const name = element.tagName.toUpperCase();
    if (!ours.has(name)) found.push(`an element ${name}`);
    for (const { name: attribute, value } of element.attributes) {
      // A picture that is seen until the other one is here.
      if (name === "IMG" && attribute === "src" && value.startsWith("data:image/webp;base64,")) continue;
      const to = leads.has(attribute) && value ? new URL(value, location.href) : location;
      const strange = !["http:", "https:"].includes(to.protocol) || (ask.has(attribute) && to.origin !== location.origin);
      if (strange || attribute.startsWith("on") || ["style", "srcdoc"].includes(attribute)) found.push(`${name} ${attribute}=${value}`);
    }
  }
  for (const script of document.scripts)
    if (script.type === "application/ld+json") JSON.parse(script.textContent);
    else if (new URL(script.src).origin !== location.origin || script.textContent) found.push(`a script ${script.src}`);
  if (window.pwned !== undefined) found.push("it lives");
  if (document.querySelectorAll("form#act").length > 1) found.push("a second form");
  if (!document.querySelector("footer.footer")?.checkVisibility()) found.push("the page is not whole");
  return [...found, ...window.broken];
}"""
TOUCH = """() => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
  for (const element of document.querySelectorAll("main *"))
    for (const kind of ["click", "mouseover", "pointerover", "focus", "toggle", "animationstart", "error", "load"])
      if (kind !== "click" || !element.closest("a[href], button, summary, label")) element.dispatchEvent(new Event(kind));
}"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, list[Any]]]:
    hall = Hall(tmp_path_factory.mktemp("attack"), "talk_deeds")
    posts = hall.deed("attack")["posts"]
    hall.start()
    yield hall, posts
    hall.stop()


@pytest.mark.parametrize(("name", "language"), [("", ""), ("", "/nl"), ("newcomer", "/ar")])
def test_nothing_lives(browser: Browser, talk: tuple[Hall, list[Any]], name: str, language: str) -> None:
    hall, posts = talk
    troubles: list[str] = []
    with browser.new_context(reduced_motion="reduce") as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("dialog", lambda dialog: (troubles.append(f"a dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: troubles.append(request.url) if _strange(request, hall) else None)
        if name:
            _sign_in(page, hall, name)
        for path in chain(_timelines(page, hall, language), _others(posts, language)):
            page.goto(hall.address + path, wait_until="load")
            page.evaluate(TOUCH)
            troubles += [f"{path}: {trouble}" for trouble in page.evaluate(FOUND)]
    assert not troubles, "\n".join(dict.fromkeys(troubles))


def _timelines(page: Page, hall: Hall, language: str) -> Iterator[str]:
    """Every page of the network's timeline."""
    path, count = f"{language}/posts/", 0
    while path:
        yield path
        count += page.locator(".timeline > li").count()
        older = page.locator("a[rel=next]")
        path = f"{language}/posts/{older.get_attribute('href')}" if older.count() else ""
    assert count > len(VECTORS), "all of them were looked at"


def _others(posts: list[Any], language: str) -> Iterator[str]:
    """The page of each third post and of its author, so that in three languages all are looked at."""
    step = ["", "/nl", "/ar"].index(language)
    for handle, number in posts[step::3]:
        yield f"{language}/@{handle}/posts/{number}/"
        yield f"{language}/@{handle}/"


def _strange(request: Request, hall: Hall) -> bool:
    return not request.url.startswith((hall.address, "data:", "blob:"))


def _sign_in(page: Page, hall: Hall, name: str) -> None:
    page.goto(f"{hall.address}/account/session/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
