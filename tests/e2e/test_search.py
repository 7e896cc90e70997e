"""One finds by typing, by the keyboard alone, in Arabic from right to left, near a place, and without a script."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.conftest import Open, is_uncovered
from tests.e2e.test_axe import AXE, TAGS, look

HAGUE_HALL = {"latitude": 52.0771, "longitude": 4.3166}


def field(page: Page) -> Locator:
    """The field of the header, opened as one does."""
    page.locator(".menu-search > summary").click()
    found = page.locator("#header-search")
    expect(found).to_be_focused()
    return found


@pytest.mark.parametrize(
    ("typed", "name", "path"),
    [
        ("海牙", "海牙", "/@thehague/"),
        ("peace pal", "Peace Palace", "/@thehague/routes/22-destinations/stops/13/"),
        ("пловдив", "Пловдив", "/@plovdiv/"),
        ("vredespalies", "Vredespaleis", "/@thehague/routes/22-destinations/stops/13/"),
    ],
)
def test_typing_suggests_and_a_click_goes_there(open_page: Open, typed: str, name: str, path: str) -> None:
    page = open_page("/about/")
    field(page).press_sequentially(typed)
    first = page.locator(".menu-search [role=option]").first
    expect(first.locator(".suggestion-name")).to_have_text(name)
    assert is_uncovered(first)
    first.click()
    page.wait_for_url(f"**{path}")


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page("/about/")
    page.locator(".menu-search > summary").focus()
    page.keyboard.press("Enter")
    box = page.locator("#header-search")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("sh")
    options = page.locator(".menu-search [role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(0).get_attribute("id") or "?")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", "")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_be_visible()
    expect(box).to_have_value("sh")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    target = options.first.get_attribute("data-url") or "?"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_escape_closes_the_menu_once_the_suggestions_are_closed(open_page: Open) -> None:
    page = open_page("/about/")
    box = field(page)
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator(".menu-search > summary")).to_be_focused()


def test_enter_searches_when_nothing_is_marked(open_page: Open) -> None:
    page = open_page("/nl/about/")
    field(page).fill("和平宫")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/search/?q=*")
    assert unquote(page.url).endswith("?q=和平宫")
    expect(page.locator("#page-search")).to_have_value("和平宫")
    expect(page.locator(".found h3 a").first).to_have_text("Vredespaleis")


def test_arabic_stands_from_right_to_left(open_page: Open) -> None:
    page = open_page("/ar/cities/", width=390)
    field(page).press_sequentially("لاه")
    first = page.locator(".menu-search [role=option]").first
    expect(first.locator(".suggestion-name")).to_have_text("لاهاي")
    name, kind = (first.locator(part).bounding_box() for part in (".suggestion-name", ".suggestion-kind"))
    assert name
    assert kind
    assert name["x"] > kind["x"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/@thehague/")


def test_an_overtaken_answer_is_thrown_away(open_page: Open) -> None:
    page = open_page("/about/")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/search/suggestions/?q=s", hold)
    box = field(page)
    with page.expect_request("**/search/suggestions/?q=s"):
        box.press_sequentially("s")
    box.press_sequentially("eatt")
    options = page.locator(".menu-search [role=option] .suggestion-name")
    expect(options.first).to_have_text("Seattle")
    assert late[0].request.failure  # the browser gave it up
    for name in options.all_inner_texts():
        assert name.lower().startswith(("seatt", "#seatt")), "nothing of what was asked by one letter"


@pytest.mark.parametrize(("path", "width"), [("/about/", 1440), ("/ar/about/", 390)])
def test_axe_finds_nothing_while_suggestions_are_open(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    field(page).press_sequentially("s")
    expect(page.locator(".menu-search [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE.read_text())
    found, passes = look(page, TAGS)
    assert not found, "\n".join(found)
    assert passes > 15


def test_the_place_is_asked_for_only_when_the_button_is_pressed(open_page: Open) -> None:
    page = open_page(
        "/search/?q=museum", init="navigator.geolocation.getCurrentPosition = () => { window.asked = true; };"
    )
    button = page.get_by_role("button", name="Near me")
    expect(button).to_be_visible()
    assert not page.evaluate("() => window.asked")
    button.click()
    assert page.evaluate("() => window.asked")


def test_near_me_finds_what_is_near(open_page: Open) -> None:
    page = open_page("/search/?q=museum")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HAGUE_HALL)  # type: ignore[arg-type]
    page.get_by_role("button", name="Near me").click()
    page.wait_for_url("**near=52.077*")
    expect(page.locator(".search-distance").first).to_contain_text("away")


def test_a_device_that_will_not_say_is_no_dead_end(open_page: Open) -> None:
    page = open_page("/search/", init="navigator.geolocation.getCurrentPosition = (yes, no) => no();")
    page.get_by_role("button", name="Near me").click()
    expect(page.locator(".near-me-said")).to_contain_text("Choose a city instead")
    page.locator(".search-places a").filter(has_text="The Hague").click()
    expect(page.locator(".found h3").first).to_be_visible()


def test_without_a_script_everything_is_found(open_page: Open) -> None:
    page = open_page("/", script=False)
    page.locator(".menu-search > summary").click()
    page.locator("#header-search").fill("vredespaleis")
    page.locator(".menu-search button").click()
    assert page.url.endswith("/search/?q=vredespaleis")
    assert page.locator(".found h3 a").first.inner_text() == "Peace Palace"
    page.locator(".search-kinds a").filter(has_text="Routes").click()
    assert "kind=route" in page.url
    assert page.locator("near-me button").is_hidden()
    page.goto(page.url.split("?")[0])
    page.locator(".search-places a").filter(has_text="The Hague").click()
    assert page.locator(".found .search-distance").count() > 3


@pytest.mark.parametrize("path", ["/search/?q=the", "/zh-hans/search/?q=海牙", "/ar/search/?q=s"])
def test_the_page_fits_a_phone(open_page: Open, path: str) -> None:
    page = open_page(path, width=390)
    assert page.locator(".found").count() > 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
