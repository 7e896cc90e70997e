"""Cards of links, against a real server: what a page says of itself, with one picture that is ours, and nothing of our own network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.lib import fetch as fetching
from cityplus.lib.charsets import text_of
from cityplus.lib.tests.servers import Site, site
from cityplus.media.models import Medium, Rendition
from cityplus.social import posting
from cityplus.social.links import fetching as cards
from cityplus.social.links.reading import Said, read
from cityplus.social.models import Card, Post
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db
HERE = ip_network("127.0.0.1/32")
HTML = "text/html; charset=utf-8"


@pytest.fixture
def web(settings: Settings) -> Iterator[Site]:
    """A web site on this machine, which may be asked for this once."""
    settings.CITYPLUS = replace(settings.CITYPLUS, fetch_allow=(HERE,))
    with site() as found:
        yield found


@pytest.fixture
def ana(db: None) -> Actor:
    return resident("ana")


def work() -> None:
    while deliver() or worker.run_one("test"):
        pass


def card_of(ana: Actor, words: str, **rest: object) -> Card | None:
    post = say(ana, words, **rest)
    work()
    return Card.objects.filter(post=post).select_related("picture").first()


def png(size: tuple[int, int] = (120, 80)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (0, 90, 160)).save(out, "PNG")
    return out.getvalue()


def page(head: str, lang: str = "nl") -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body><p>Body</p></body></html>'


def test_a_card_says_what_the_page_says_and_its_picture_is_ours(ana: Actor, web: Site, stranger: Client) -> None:
    head = (
        '<title>Old</title><meta property="og:title" content="De &quot;Pier&quot; &amp; zee">'
        '<meta name="description" content="Aan zee"><meta property="og:site_name" content="Den Haag">'
        '<meta property="og:image" content="/pier.png">'
    )
    web.page("/pier", page(head))
    web.pages["/pier.png"] = (200, {"Content-Type": "image/png"}, png())
    card = card_of(ana, f"See {web.url('/pier')}.")
    assert card
    assert (card.title, card.description, card.site, card.language) == ('De "Pier" & zee', "Aan zee", "Den Haag", "nl")
    assert card.picture and card.picture.credit == f"127.0.0.1:{web.port}"
    html = stranger.get(card.post.get_absolute_url()).content.decode()
    assert Rendition.objects.filter(medium=card.picture)[0].url in html
    assert web.url("/pier.png") not in html, "no browser of a reader asks that server"
    assert {"Cookie", "Referer"} & {name for _, headers in web.asked for name in headers} == set()
    assert [path for path, _ in web.asked] == ["/pier", "/pier.png"]


def test_the_first_link_counts_and_nothing_is_asked_where_there_is_something_else(
    ana: Actor, web: Site, thehague: City
) -> None:
    web.page("/one", page("<title>One</title>"))
    web.page("/two", page("<title>Two</title>"))
    both = card_of(ana, f"{web.url('/one')} and {web.url('/two')}")
    assert both and both.title == "One"
    asked = len(web.asked)
    medium = Medium.objects.create(owner=ana, kind="picture", name="media/a", bytes=1, alt=Text.of("en", en="A"))
    assert card_of(ana, web.url("/one"), media=[medium]) is None
    assert card_of(ana, web.url("/one"), quote=both.post) is None
    assert card_of(ana, web.url("/one"), attached=("route", 1)) is None
    assert card_of(ana, "http://localhost:8000/@thehague/ is ours") is None
    assert len(web.asked) == asked


@pytest.mark.parametrize(
    ("charset", "lang", "title"),
    [
        ("gb18030", "zh-CN", "深圳晚报：人口𠀀"), ("gb2312", "zh", "深圳"), ("windows-1251", "bg", "Пловдив"), ("shift_jis", "ja", "筑波"),
        ("windows-1256", "ar", "الشارقة"), ("euc-kr", "ko", "서울"), ("iso-8859-1", "fr", "Liège"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["header", "page", "both"])
def test_pages_in_other_letters_are_read(
    ana: Actor, web: Site, charset: str, lang: str, title: str, where: str
) -> None:
    meta = "" if where == "header" else f'<meta charset="{charset}">'
    kind = "text/html" if where == "page" else f"text/html; charset={charset}"
    web.pages["/"] = (200, {"Content-Type": kind}, page(f"{meta}<title>{title}</title>", lang).encode(charset))
    card = card_of(ana, web.url("/"))
    assert card and card.title == title
    assert card.language == {"zh-CN": "zh-Hans", "zh": "zh-Hans"}.get(lang, lang)


def test_a_charset_that_is_none_does_no_harm() -> None:
    for said in ("klingon", "utf-7", "base64", "zlib", "unicode_escape", "", "utf-16", "x" * 999):
        assert "Den Haag" in text_of(b'<meta charset="rot13"><title>Den Haag</title>', f" charset={said}"), said
    assert text_of("深圳".encode("utf-16"), "") == "深圳"
    assert text_of("深圳".encode(), "charset=utf-8") == "深圳"


def test_nothing_of_our_own_network_is_asked(ana: Actor, web: Site, settings: Settings) -> None:
    with site() as inside:
        inside.page("/", page("<title>Inside</title>"))
        web.redirect("/to-v6", f"http://[::1]:{inside.port}/")
        web.redirect("/to-file", "file:///etc/passwd")
        web.redirect("/to-metadata", "http://169.254.169.254/latest/meta-data/")
        for path in ("/to-v6", "/to-file", "/to-metadata"):
            assert card_of(ana, web.url(path)) is None, path
        web.page("/pictured", page(f'<title>T</title><meta property="og:image" content="http://[::1]:{inside.port}/">'))
        card = card_of(ana, web.url("/pictured"))
        assert card and card.picture is None
        settings.CITYPLUS = replace(settings.CITYPLUS, fetch_allow=())
        for address in (
            web.url("/pictured"),
            f"http://localhost:{inside.port}/",
            "http://user:secret@example.org/",
            "http://127.1/",
        ):
            assert card_of(ana, address) is None, address
        assert inside.asked == []


def test_what_does_not_come_within_the_bounds_leaves_no_card(
    ana: Actor, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "BYTES", 2000)
    web.page("/huge", page("<title>Huge</title>") + "x" * 2000)
    web.pages["/gone"] = (404, {"Content-Type": HTML}, page("<title>Not found</title>").encode())
    web.pages["/pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
    web.page("/untitled", page("<title> </title>"))
    web.redirect("/loop", "/loop")
    for path in ("/huge", "/gone", "/pdf", "/untitled", "/loop"):
        assert card_of(ana, web.url(path)) is None, path
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    web.page("/slow", page("<title>Slow</title>"))
    web.drip = 0.05
    assert card_of(ana, web.url("/slow")) is None


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/png", b"<html><script>alert(1)</script></html>"), ("image/jpeg", b"\x89PNG\r\n\x1a\n" + b"\0" * 40), ("text/html", png()),
        ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("image/png", b""), ("image/gif", b"GIF89a"),
    ],
)  # fmt: skip
def test_a_picture_that_is_none_is_left_out(ana: Actor, web: Site, kind: str, content: bytes) -> None:
    web.page("/", page('<title>T</title><meta property="og:image" content="picture">'))
    web.pages["/picture"] = (200, {"Content-Type": kind}, content)
    card = card_of(ana, web.url("/"))
    assert card and (card.title, card.picture) == ("T", None)
    assert not Medium.objects.exists()


def test_a_page_that_is_a_picture_in_truth_leaves_no_card(ana: Actor, web: Site) -> None:
    web.pages["/"] = (200, {"Content-Type": HTML}, png())
    assert card_of(ana, web.url("/")) is None


def test_an_edit_renews_it_and_takes_the_old_picture_away(ana: Actor, web: Site) -> None:
    for name in ("one", "two"):
        web.page(f"/{name}", page(f'<title>{name}</title><meta property="og:image" content="/{name}.png">'))
    web.pages["/one.png"] = (200, {"Content-Type": "image/png"}, png())
    web.pages["/two.png"] = (200, {"Content-Type": "image/png"}, png((60, 60)))
    card = card_of(ana, web.url("/one"))
    assert card
    post, revision = card.post, Post.objects.get(pk=card.pk).revision
    posting.edit(post, Text.of("en", en=web.url("/two")), Text(), by="ana")
    work()
    renewed = Card.objects.select_related("picture").get()
    assert (renewed.title, Medium.objects.count()) == ("two", 1)
    assert Post.objects.get().revision > revision
    posting.edit(post, Text.of("en", en="No link"), Text(), by="ana")
    work()
    assert (Card.objects.count(), Medium.objects.count()) == (0, 0)


def test_the_picture_of_a_link_is_seen_by_who_sees_the_post(ana: Actor, web: Site, stranger: Client) -> None:
    web.page("/", page('<title>T</title><meta property="og:image" content="/p.png">'))
    web.pages["/p.png"] = (200, {"Content-Type": "image/png"}, png())
    card = card_of(ana, web.url("/"), audience="followers")
    assert card
    url = Rendition.objects.filter(medium=card.picture)[0].url
    assert stranger.get(url).status_code == 404
    Post.objects.update(audience="public")
    posting.freeze(card.post, by="ana")
    answer = stranger.get(url)
    assert (answer.status_code, bool(answer.getvalue())) == (200, True)
    posting.delete(card.post, by="ana")
    assert stranger.get(url).status_code == 404


def test_the_job_may_come_twice_or_after_the_post_is_gone(ana: Actor, web: Site) -> None:
    web.page("/", page("<title>T</title>"))
    card = card_of(ana, web.url("/"))
    assert card
    cards.make(card.pk)
    assert Card.objects.count() == 1
    posting.delete(card.post, by="ana")
    asked = len(web.asked)
    cards.make(card.pk)
    cards.make(1)
    assert len(web.asked) == asked


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<title>A\n  B</title>", Said("A B")),
        ("<title>A</title><meta property=og:title content='B'><meta name=twitter:title content=C>", Said("B")),
        ("<title>A &lt;script&gt;", Said("A <script>")),
        ("<title>A</title><meta name=description content=A>", Said("A")),
        ("<title>\u202eevil\u202c\u200b</title>", Said("evil")),
        ("<title>A</title><meta property=og:image content='javascript:alert(1)'>", Said("A")),
        ("<title>A</title><meta property=og:image content='data:image/png;base64,xx'>", Said("A")),
        (
            "<title>A</title><meta property=og:image content='//cdn.example/a.png'>",
            Said("A", picture="https://cdn.example/a.png"),
        ),
        ("<title>A</title><meta property=og:image content='http://[::1'>", Said("A")),
        ("<body><title>A</title>", None),
        ("<p>" * 500 + "<title>A</title>", None),
        ("<!-- <title>A</title> -->", None),
        ("<html lang='en-gb'><title>A</title>", Said("A", language="en")),
        ("<html lang='\"><script>'><title>A</title>", Said("A")),
        (f"<title>{'x' * 400}</title>", Said("x" * 299 + "…")),
        ("", None),
    ],
)
def test_what_is_read_of_a_page(html: str, said: Said | None) -> None:
    assert read(html, "https://example.org/a") == said
