"""Films, sounds and pictures as browsers get them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, expect
from tests.e2e.conftest import SHENZHEN, THE_HAGUE, Open


def play(page: Page, player: str) -> None:
    """Start the first such player as a script may, without a sound, and wait until it runs."""
    page.locator(player).first.evaluate("player => { player.muted = true; return player.play(); }")
    page.wait_for_function("player => document.querySelector(player).currentTime > 0.2", arg=player)


def test_a_film_plays_and_seeks(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response) if ".mp4" in response.url else None)
    play(page, "video")
    seconds = page.locator("video").evaluate("video => video.duration")
    assert seconds > 10
    page.locator("video").evaluate("(video, to) => { video.currentTime = to; }", seconds - 5)
    page.wait_for_function("to => { const v = document.querySelector('video'); return !v.seeking && v.currentTime > to; }",
                           arg=seconds - 5)  # fmt: skip
    assert {answer.status for answer in answers} == {206}
    assert page.locator("video").evaluate("video => video.videoWidth > 600 && video.videoHeight > 300")


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/zh-hans", "zh-Hans"), ("/nl", "nl"), ("/ar", "en")])
def test_captions_come_in_the_language_of_the_page(open_page: Open, prefix: str, language: str) -> None:
    """Where a language has no captions, the English ones stand in."""
    page = open_page(prefix + THE_HAGUE)
    tracks = page.locator("video track[kind=captions]")
    languages = tracks.evaluate_all("tracks => tracks.map(track => track.srclang)")
    assert {"en", "nl", "zh-Hans"} <= set(languages)
    assert tracks.evaluate_all("tracks => tracks.filter(t => t.default).map(t => t.srclang)") == [language]
    play(page, "video")
    page.wait_for_function(f"() => document.querySelector('track[srclang={language}]').readyState === 2")
    cues = page.locator(f"track[srclang={language}]").evaluate("t => [...t.track.cues].map(cue => cue.text)")
    assert len(cues) >= 5
    assert all(cue.strip() for cue in cues)
    assert page.locator(f"track[srclang={language}]").evaluate("track => track.track.mode") == "showing"


def test_nothing_of_a_film_or_sound_is_loaded_unasked(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    loaded: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [url for url in loaded if re.search(r"\.(mp4|m4a|opus)$", url)]


def test_a_sound_plays_and_can_be_sought_in(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    player = page.locator("sound-player").first
    player.locator(".sound-button").click()
    expect(player).to_have_attribute("playing", "")
    page.wait_for_function("() => document.querySelector('sound-player audio').currentTime > 0.2")
    player.locator(".sound-line").fill("500")
    page.wait_for_function(
        "() => (a => a.currentTime > a.duration * 0.45)(document.querySelector('sound-player audio'))"
    )
    expect(player.locator(".sound-clock")).to_have_text(re.compile(r"^\d+:\d\d / \d+:\d\d$"))
    player.locator(".sound-button").click()
    expect(player).not_to_have_attribute("playing", "")


def test_a_transcript_opens(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    transcript = page.locator("details.transcript").first
    words = transcript.locator(".text-read")
    expect(words).to_be_hidden()
    transcript.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    assert len(words.inner_text()) > 40


@pytest.mark.parametrize("path", ["/", "/@thehague/", SHENZHEN, THE_HAGUE])
def test_pictures_come_in_three_formats_with_their_size_and_a_first_paint(open_page: Open, path: str) -> None:
    page = open_page(path)
    assert page.locator(".picture-waiting").count() == 0
    pictures = page.locator(".picture").evaluate_all(
        """pictures => pictures.map(picture => {
          const img = picture.querySelector("picture img");
          return {
            types: [...picture.querySelectorAll("source")].map(source => source.type),
            sized: [...picture.querySelectorAll("source")].every(s => s.sizes && / \\d+w/.test(s.srcset)),
            size: [Number(img.getAttribute("width")), Number(img.getAttribute("height"))],
            first: picture.querySelector(".picture-first")?.getAttribute("src")?.slice(0, 16),
            fallback: img.getAttribute("src"),
          };
        })"""
    )
    assert pictures
    for picture in pictures:
        assert picture["types"] == ["image/avif", "image/webp"]
        assert picture["sized"]
        assert min(picture["size"]) > 100
        assert picture["first"] == "data:image/webp;"
        assert picture["fallback"].endswith(".jpg")


def test_a_picture_keeps_its_place_while_it_comes(open_page: Open) -> None:
    """Nothing moves when pictures arrive: the layout shifts that Chromium counts stay below its “good”."""
    page = open_page(SHENZHEN, width=390)
    shift = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(entry => (sum += entry.value)))
            .observe({type: "layout-shift", buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })"""
    )
    assert shift < 0.1
