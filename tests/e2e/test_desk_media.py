"""The media library in a real browser: files dropped and cut off, words, the focal point by keyboard, captions, what is in use."""

from __future__ import annotations

import base64
import io
import os
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from tests.e2e.conftest import PASSWORD, Open, Running

LIBRARY = "/desk/@thehague/media/"
DROP = """([files, target]) => {
  const data = new DataTransfer();
  for (const [name, type, content] of files) {
    data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name, { type }));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.querySelector(target).dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


def sign_in(page: Page, path: str) -> Page:
    """Go to a page of the desk as an editor of The Hague."""
    page.locator("input[name=login]").fill("thehague-editor")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile("/account/$"))
    page.goto(page.url.replace("/account/", path))
    return page


@pytest.fixture
def desk(open_page: Open) -> Open:
    return lambda path, **how: sign_in(open_page("/account/session/", **how), path)


@pytest.fixture
def quiet(browser: Browser, network: str) -> Iterator[Page]:
    """The library in a browser that may complain on its console: of a line that breaks, of a form that is refused."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{network}/account/session/")
    yield sign_in(page, LIBRARY)
    context.close()


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (800, 600)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def silence(path: Path, seconds: int) -> Path:
    """A sound of 176 kB a second."""
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        for _ in range(seconds):
            file.writeframes(bytes(176_400))
    return path


def test_two_files_are_dropped_described_and_deleted(desk: Open) -> None:
    page = desk(LIBRARY)
    files = [
        (f"{name}.jpg", "image/jpeg", base64.b64encode(picture((*os.urandom(3),))).decode())
        for name in ("Rode zee", "Groene duinen")
    ]
    page.evaluate(DROP, [files, ".media-drop"])
    for name in ("Rode zee", "Groene duinen"):
        expect(page.locator(".upload", has_text=name)).to_contain_text("Is in the library")
    expect(page.locator(".media-card", has_text="rode-zee.jpg")).to_contain_text("no words for those who do not see it")
    page.locator(".upload", has_text="Rode zee").get_by_role("link", name="Describe it").click()
    page.get_by_label("Original, Dutch").first.fill("Een rode zee.")
    page.get_by_label("Whom to thank").fill("Anna")
    page.get_by_label("Licence", exact=True).select_option("CC-BY-4.0")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_have_text("Saved.")
    expect(page.locator(".media-lacks")).to_have_count(0)
    page.get_by_role("link", name="French").click()
    page.wait_for_url(re.compile("tag=fr"))
    page.get_by_label("French").first.fill("Une mer rouge.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="French")).to_contain_text("by its author")
    for name in ("rode-zee", "groene-duinen"):
        page.goto(re.sub(r"/media/.*", f"/media/?q={name}", page.url))
        page.locator(".media-card-link").click()
        page.get_by_role("link", name="Delete this medium").click()
        page.get_by_role("button", name="Delete").click()
        expect(page.locator(".message")).to_have_text("The medium was deleted.")


def test_a_broken_line_is_mended_and_a_closed_page_goes_on(running: Running, quiet: Page, tmp_path: Path) -> None:
    sound = silence(tmp_path / "golven.wav", 130)  # 23 MB: three requests
    page = quiet
    offsets: list[int] = []
    broken = True

    def line(route: Route) -> None:
        if route.request.method == "PATCH":
            offset = int(route.request.headers["upload-offset"])
            if broken and offset:
                route.abort("connectionfailed")
                return
            offsets.append(offset)
        route.continue_()

    page.route("**/media/uploads/**", line)
    page.locator("#media-file").set_input_files(sound)
    expect(page.locator(".upload", has_text="golven")).to_contain_text("The line is broken")
    assert offsets == [0]
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(".upload", has_text="golven")).to_contain_text("Choose the file again to go on")
    page.locator("#media-file").set_input_files(sound)
    expect(page.locator(".upload", has_text="golven")).to_have_count(1)
    expect(page.locator(".upload", has_text="golven")).to_contain_text("The line is broken")
    assert offsets == [0]
    broken = False
    expect(page.locator(".upload", has_text="golven")).to_contain_text("Is looked at", timeout=60_000)
    running.cityplus("work", "--once")
    expect(page.locator(".upload", has_text="golven")).to_contain_text("Is in the library")
    assert offsets == [0, 8_000_000, 16_000_000]
    page.locator(".upload", has_text="golven").get_by_role("link").click()
    page.get_by_role("link", name="Delete this medium").click()
    page.get_by_role("button", name="Delete").click()


def test_an_upload_is_paused_and_cancelled(desk: Open, tmp_path: Path) -> None:
    sound = silence(tmp_path / "wind.wav", 60)
    page = desk(LIBRARY)
    held: list[Route] = []
    page.route(
        "**/media/uploads/*/",
        lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_(),
    )
    upload = page.locator(".upload", has_text="wind")
    with page.expect_request(lambda request: request.method == "PATCH"):
        page.locator("#media-file").set_input_files(sound)
    upload.get_by_role("button", name="Pause").click()
    expect(upload).to_contain_text("Paused")
    with page.expect_request(lambda request: request.method == "PATCH"):
        upload.get_by_role("button", name="Go on").click()
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as ended:
        upload.get_by_role("button", name="Cancel").click()
    assert ended.value.status == 204
    expect(upload).to_have_count(0)


def test_the_focal_point_is_set_by_keyboard_and_by_click(desk: Open) -> None:
    page = desk(f"{LIBRARY}?q=22-destinations&kind=picture")
    page.locator(".media-card-link").click()
    point = page.get_by_role("button", name="Focal point")
    page.get_by_label("From the left").fill("50")
    page.get_by_label("From above").fill("50")
    point.focus()
    for key in ("Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.get_by_label("From the left")).to_have_value("31")
    expect(page.get_by_label("From above")).to_have_value("51")
    expect(page.get_by_role("button", name="Focal point: 31 %, 51 %")).to_be_focused()
    box = page.locator(".medium-preview img").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.2)
    expect(page.get_by_label("From the left")).to_have_value("75")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_have_text("Saved.")
    expect(page.locator("[data-crop]").first).to_have_class(re.compile("focal-x-75 focal-y-20"))
    page.get_by_label("From the left").fill("50")
    page.get_by_label("From above").fill("50")
    page.get_by_role("button", name="Save").click()


def test_captions_are_edited_beside_the_film(quiet: Page) -> None:
    page = quiet
    page.goto(f"{page.url}?kind=film")
    page.locator(".media-card-link").first.click()
    page.get_by_role("region", name="Captions").get_by_role("link", name="Bulgarian").click()
    rows = page.locator(".caption-row")
    expect(rows).to_have_count(1)
    rows.first.get_by_label("Words").fill("Хага и море")
    rows.first.get_by_label("Ends").fill("0:04")
    page.locator("video").evaluate("video => { video.muted = true; video.preload = 'auto'; video.currentTime = 1.5; }")
    page.wait_for_function(
        "() => (video => video.readyState > 0 && video.currentTime === 1.5)(document.querySelector('video'))"
    )
    rows.first.get_by_label("Words").focus()
    page.keyboard.press("Alt+b")
    expect(rows.first.get_by_label("Begins")).to_have_value("00:00:01.500")
    rows.first.get_by_label("Words").focus()
    page.keyboard.press("Alt+Enter")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).get_by_label("Words")).to_be_focused()
    expect(rows.nth(1)).to_contain_text("This caption has no words.")
    page.keyboard.type("Край на морето, което се вижда отдалеч")
    rows.nth(1).get_by_label("Ends").fill("0:04.500")
    expect(rows.nth(1)).to_contain_text("too fast to be read")
    rows.nth(1).get_by_label("Ends").fill("0:08")
    expect(rows.nth(1).locator(".caption-check")).to_be_empty()
    rows.nth(1).get_by_role("button", name="Split").click()
    expect(rows).to_have_count(3)
    rows.nth(1).get_by_role("button", name="Join with the next").click()
    expect(rows).to_have_count(2)
    cues = page.locator("video").evaluate("video => [...video.textTracks[0].cues].map((cue) => cue.text)")
    assert cues[0] == "Хага и море"
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_have_text("Saved.")
    page.get_by_role("button", name="Edit as text").click()
    expect(page.locator("#vtt")).to_have_value(re.compile("00:00:01.500 --> 00:00:04.000\nХага и море"))
    page.locator("#vtt").fill("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".form-error")).to_contain_text("This caption ends before it begins.")
    expect(page.locator("#vtt")).to_be_visible()
    page.get_by_role("button", name="Take these captions away").click()
    expect(page.locator(".message")).to_have_text("The captions were taken away.")


@pytest.mark.parametrize("width", [390, 1440])
def test_what_is_in_use_is_refused_with_its_places(desk: Open, width: int) -> None:
    page = desk(f"{LIBRARY}?q=22-destinations&kind=picture", width=width)
    page.locator(".media-card-link").click()
    page.get_by_role("link", name="Delete this medium").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is in use")
    expect(page.get_by_role("link", name=re.compile("Cover picture of the route"))).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)


@pytest.mark.parametrize("path", [LIBRARY, f"{LIBRARY}?kind=film", f"{LIBRARY}?q=22-destinations&kind=picture"])
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_pages_fit_a_phone_and_have_no_barriers(desk: Open, path: str, prefix: str) -> None:
    axe = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
    page = desk(prefix + path, width=390)
    addresses = [page.url]
    if "?" in path:
        page.locator(".media-card-link").first.click()
        addresses.append(page.url)
    if "film" in path:
        addresses.append(f"{page.url}captions/nl/")
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        page.evaluate(axe.read_text())
        found = page.evaluate(
            "axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))]))"
        )
        assert found == [], address


def test_without_a_script_a_form_does_it(desk: Open, tmp_path: Path) -> None:
    page = desk(LIBRARY, script=False)
    path = tmp_path / "Zonder script.jpg"
    path.write_bytes(picture((9, 9, 90)))
    page.locator("#media-file").set_input_files(path)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("zonder-script.jpg")
    page.get_by_role("link", name="Delete this medium").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".message")).to_have_text("The medium was deleted.")
