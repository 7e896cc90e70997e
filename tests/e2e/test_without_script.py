"""Without JavaScript every page is whole: the island improves it, it does not carry it."""

from __future__ import annotations

from tests.e2e.conftest import Open


def test_the_globe_is_a_list_of_links(open_page: Open) -> None:
    page = open_page("/", script=False)
    links = page.locator("night-globe a")
    assert links.count() == 9
    assert links.first.is_visible()
    links.filter(has_text="Den Haag").click()
    assert page.url.endswith("/@thehague/")


def test_a_route_is_one_long_page_with_everything(open_page: Open) -> None:
    page = open_page("/@thehague/routes/22-destinations/", script=False)
    assert page.locator("article.stop").count() == 22
    assert page.locator("article.stop .prose").last.is_visible()
    assert page.locator("article.stop picture img").count() == 22
    assert page.locator("audio").count() == 3
    assert page.locator("video track[kind=captions]").count() == 3
    page.locator("details.transcript summary").first.click()
    assert page.locator("details.transcript .text").first.is_visible()


def test_original_and_version_side_by_side(open_page: Open) -> None:
    page = open_page("/zh-hans/@thehague/routes/22-destinations/stops/13/", script=False)
    origin = page.locator("article.stop > .text details.text-origin").first
    origin.locator("summary").click()
    sides = origin.locator(".text-side")
    assert [sides.nth(i).get_attribute("lang") for i in range(2)] == ["nl", "zh-Hans"]
    assert all(sides.nth(i).is_visible() for i in range(2))


def test_the_theme_can_be_chosen(open_page: Open) -> None:
    page = open_page("/about/", script=False)
    page.locator(".menu-theme summary").click()
    page.locator("button[value=day]").click()
    assert page.locator("html").get_attribute("data-theme") == "day"
    assert page.url.endswith("/about/")


def test_the_directory_filters(open_page: Open) -> None:
    page = open_page("/cities/", script=False)
    page.select_option("select[name=country]", "BG")
    page.locator("form.filters button").click()
    assert page.locator(".directory-item").count() == 1
    assert "Пловдив" in page.locator(".directory-item").inner_text()
