"""No page asks anything of a third party, and every answer carries the headers that Mozilla Observatory asks for."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

PAGES = [
    "/",
    "/cities/",
    "/@shenzhen/",
    "/@thehague/routes/22-destinations/",
    "/ja/@thehague/routes/22-destinations/stops/18/",
    "/about/",
    "/ties/",
    "/pulse/",
]
SCROLL_THROUGH = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo({top: y, behavior: "instant"});
    await new Promise(done => requestAnimationFrame(done));
  }
}"""


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_a_third_party(browser: Browser, network: str, path: str) -> None:
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(network + path, wait_until="load")
        page.evaluate(SCROLL_THROUGH)
        page.wait_for_function("() => [...document.images].every(image => image.complete)")
        page.evaluate(
            "() => document.querySelectorAll('audio, video').forEach(p => { p.preload = 'metadata'; p.load(); })"
        )
        page.wait_for_function("() => [...document.querySelectorAll('audio, video')].every(p => p.readyState > 0)")
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in {"data", "blob"}}
    assert hosts == {urlsplit(network).netloc}
    assert len(asked) > 5, "the browser asked for next to nothing: this test saw no page"


def test_a_visitor_who_chooses_nothing_gets_no_cookie(browser: Browser, network: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for path in PAGES:
            page.goto(network + path)
        assert context.cookies() == []


def observatory(headers: dict[str, str]) -> list[str]:
    """Our own copy of the checks of Mozilla's HTTP Observatory that apply without https; what it would mark down."""
    policy = {
        words[0]: words[1:] for part in headers.get("content-security-policy", "").split(";") if (words := part.split())
    }
    faults = []
    if policy.get("default-src") != ["'none'"]:
        faults.append("the policy does not begin with default-src 'none'")
    for directive in ("script-src", "style-src"):
        sources = policy.get(directive, ["*"])
        if any(bad in sources for bad in ("*", "'unsafe-inline'", "'unsafe-eval'", "https:", "data:", "http:")):
            faults.append(f"{directive} is loose: {sources}")
    for directive in ("base-uri", "frame-ancestors"):
        if policy.get(directive) != ["'none'"]:
            faults.append(f"{directive} is not 'none'")
    if policy.get("form-action") != ["'self'"]:
        faults.append("form-action is not 'self'")
    wanted = {
        "x-content-type-options": {"nosniff"},
        "x-frame-options": {"DENY"},
        "referrer-policy": {"strict-origin-when-cross-origin", "same-origin", "no-referrer"},
        "cross-origin-opener-policy": {"same-origin"},
        "cross-origin-resource-policy": {"same-origin"},
    }
    faults += [f"{name}: {headers.get(name)}" for name, good in wanted.items() if headers.get(name) not in good]
    if "permissions-policy" not in headers:
        faults.append("no permissions-policy")
    return faults


@pytest.mark.parametrize("path", [*PAGES, "/account/session/", "/no/such/page", "/robots.txt"])
def test_headers_that_the_observatory_asks_for(browser: Browser, network: str, path: str) -> None:
    with browser.new_context() as context:
        answer = context.request.get(network + path)
        assert observatory(dict(answer.headers)) == []


def test_the_check_itself_finds_faults() -> None:
    assert len(observatory({"content-security-policy": "default-src 'self'; script-src 'unsafe-inline'"})) >= 8
