"""A network with more members than a page has room for: leafed through on a phone, by keyboard and without script."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import _free_port, _wait_for

CITIES = 60


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a network of sixty cities, made for this."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
    port = _free_port()
    env = plain | {"CITYPLUS_DATA": str(tmp_path_factory.mktemp("large")), "CITYPLUS_PORT": str(port)}
    make = [sys.executable, "-m", "cityplus", "bench", "world"]
    subprocess.run([*make, "--cities", str(CITIES), "--routes", "60", "--stops", "200"], env=env, check=True)
    server = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env)
    try:
        _wait_for(f"http://localhost:{port}/readyz")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A narrow page; with script unless the test is marked otherwise by its parameter."""
    script = getattr(request, "param", True)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=script, has_touch=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def numbers(page: Page) -> list[str]:
    return page.locator(".directory-number").all_inner_texts()


@pytest.mark.parametrize("phone", [False, True], indirect=True, ids=["without script", "with script"])
def test_the_directory_can_be_leafed_through(phone: Page, large: str) -> None:
    phone.goto(f"{large}/cities/")
    seen = numbers(phone)
    while phone.locator(".pages a[rel=next]").count():
        phone.locator(".pages a[rel=next]").click()
        seen += numbers(phone)
    assert seen == [str(n) for n in range(1, CITIES + 1)]
    expect(phone.locator(".pages .pages-where")).to_have_text("55 to 60 of 60")
    phone.locator(".pages a", has_text="First").click()
    expect(phone.locator(".pages .pages-where")).to_have_text("1 to 18 of 60")


def test_by_keyboard_from_the_list_to_its_next_page(phone: Page, large: str) -> None:
    phone.goto(f"{large}/cities/")
    phone.locator(".directory-item a").last.focus()
    phone.keyboard.press("Tab")
    expect(phone.locator(".pages a[rel=next]")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/cities/?after=18")
    assert numbers(phone)[0] == "19"


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_pages_fit_the_phone_and_the_finger(phone: Page, large: str, prefix: str) -> None:
    for path in ("/", "/cities/", "/cities/?after=18", "/routes/", "/ties/"):
        phone.goto(f"{large}{prefix}{path}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
        for link in phone.locator(".pages a").all():
            box = link.bounding_box()
            assert box and box["height"] >= 44, path


def test_every_member_shines_on_the_map(phone: Page, large: str) -> None:
    phone.goto(f"{large}/cities/")
    layer = phone.locator(".world-map image")
    answer = phone.request.get(large + str(layer.get_attribute("href")))
    assert answer.ok and answer.text().count("h0") > 50
    assert phone.locator("a.world-city").count() == 18


def test_the_globe_has_the_light_of_every_member_and_names_some(phone: Page, large: str) -> None:
    with phone.expect_response("**/cities/lights.bin?v=*") as lights:
        phone.goto(f"{large}/")
    assert "immutable" in lights.value.headers["cache-control"]
    expect(phone.locator("night-globe")).to_have_attribute("data-state", "still")
    expect(phone.locator("night-globe li a")).to_have_count(18)
    rest = phone.locator(".globe-rest a")
    expect(rest).to_contain_text("18 of 60 cities are named here")
    rest.click()
    expect(phone.locator(".directory-item")).to_have_count(18)
