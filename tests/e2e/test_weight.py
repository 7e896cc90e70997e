"""What a page weighs when it is first seen, by the bytes that came over the wire, headers included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.e2e.conftest import SHENZHEN, THE_HAGUE

KB = 1024
QUIET = """() => {
  const ends = performance.getEntries().map(entry => entry.responseEnd || entry.loadEventEnd || 0);
  return performance.now() - Math.max(...ends) > 1000;
}"""


def weigh(browser: Browser, url: str, width: int, scale: float) -> dict[str, int]:
    """Bytes by address, from an empty cache until the page is loaded and has been quiet for a second."""
    with browser.new_context(
        viewport={"width": width, "height": 900 if width > 600 else 844}, device_scale_factor=scale
    ) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        urls: dict[str, str] = {}
        bytes_of: dict[str, int] = {}

        def sent(event: Mapping[str, Any]) -> None:
            urls[event["requestId"]] = event["request"]["url"]

        def finished(event: Mapping[str, Any]) -> None:
            bytes_of[event["requestId"]] = int(event["encodedDataLength"])

        wire.on("Network.requestWillBeSent", sent)
        wire.on("Network.loadingFinished", finished)
        page.goto(url, wait_until="load")
        page.wait_for_function(QUIET)
        return {urls[key]: size for key, size in bytes_of.items() if not urls[key].startswith("data:")}


@pytest.mark.parametrize(("width", "scale"), [(1440, 1), (390, 2)])
@pytest.mark.parametrize(
    ("path", "limit"),
    [(SHENZHEN, 500 * KB), (THE_HAGUE, 500 * KB), ("/zh-hans" + THE_HAGUE, 500 * KB), ("/", 700 * KB)],
)
def test_the_first_view_is_light(
    browser: Browser, network: str, path: str, limit: int, width: int, scale: float
) -> None:
    weights = weigh(browser, network + path, width, scale)
    assert not [url for url in weights if url.endswith((".mp4", ".m4a", ".opus"))]
    assert len(weights) >= 5, "the browser asked for next to nothing"
    heaviest = sorted(weights.items(), key=lambda item: -item[1])[:8]
    told = "\n".join(f"{size / KB:7.1f} KB  {url}" for url, size in heaviest)
    assert sum(weights.values()) <= limit, f"{sum(weights.values()) / KB:.0f} KB\n{told}"
