"""Feeds: what everybody may know of, in Atom and JSON Feed, as their standards want it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.media.tests.conftest import add as add_medium
from cityplus.media.tests.conftest import photo, work
from cityplus.social import posting
from cityplus.social.feeds.gathering import SIZE
from cityplus.social.models import Post
from cityplus.social.tests.cast import resident, say
from cityplus.social.writing import Writing

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM, JSON = "/@thehague/posts.atom", "/@thehague/posts.json"


def atom(address: str = ATOM) -> etree._Element:
    """A feed that holds what RFC 4287 and RFC 5005 demand."""
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert root.tag == f"{A}feed"
    for element in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{name}")) == 1, name
        datetime.fromisoformat(element.findtext(f"{A}updated", ""))
        assert re.fullmatch(r"tag:[\w.]+,\d{4}(-\d\d){2}:\S+", element.findtext(f"{A}id", ""))
        assert len(element.findall(f"{A}content")) <= 1
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{A}link")]
        assert len([link for link in links if link[0] == "alternate"]) == 1
    assert [link.get("href") for link in root.findall(f"{A}link[@rel='self']")] == [f"http://localhost:8000{address}"]
    ids = [entry.findtext(f"{A}id") for entry in root.findall(f"{A}entry")]
    assert len(ids) == len(set(ids))
    for entry in root.findall(f"{A}entry"):
        assert entry.find(f"{A}author/{A}name") is not None
        assert entry.find(f"{A}published") is not None
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert len(read.entries) == len(ids)
    return root


def feed(address: str = JSON) -> dict[str, Any]:
    """A feed that holds what JSON Feed 1.1 demands."""
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    found: dict[str, Any] = json.loads(answer.content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == f"http://localhost:8000{address}"
    for item in found["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"] or item.get("attachments")
        datetime.fromisoformat(item["date_published"])
    return found


def test_a_post_is_told_whole(thehague: City, tmp_path: Path) -> None:
    picture = add_medium(thehague.actor, photo(tmp_path / "sea.jpg"), "media/sea.jpg", alt=Text.of("nl", nl="De <zee>"))
    work()
    ana = resident("ana")
    words = Text("nl", {"nl": Version("Dag @ana, naar #Zee & strand <b>"), "zh-Hans": Version("去海边", "machine")})
    post = posting.publish(thehague.actor, Writing(words, media=[picture]), by="test")
    root = atom()
    (entry,) = root.findall(f"{A}entry")
    assert entry.get(LANG) == "nl"
    html = entry.findtext(f"{A}content", "")
    assert f'<a href="http://localhost:8000{ana.get_absolute_url()}" class="mention">' in html
    assert "strand &lt;b&gt;" in html
    assert 'alt="De &lt;zee&gt;"' in html
    assert [c.get("term") for c in entry.findall(f"{A}category")] == ["Zee"]
    enclosure = entry.find(f"{A}link[@rel='enclosure']")
    assert enclosure is not None
    assert (enclosure.get("type"), enclosure.get("title")) == ("image/jpeg", "De <zee>")
    (version,) = entry.findall("{urn:cityplus:feed}version")
    assert (version.get(LANG), version.get("state")) == ("zh-Hans", "machine")
    (item,) = feed()["items"]
    assert item["id"] == entry.findtext(f"{A}id")
    assert (item["tags"], item["language"]) == (["Zee"], "nl")
    assert item["attachments"][0]["title"] == "De <zee>"
    assert item["_cityplus"]["versions"][0]["language"] == "zh-Hans"
    assert item["url"] == f"http://localhost:8000{post.get_absolute_url()}"


def test_a_language_is_chosen(thehague: City) -> None:
    words = Text("nl", {"nl": Version("Zee"), "zh-Hans": Version("海")})
    posting.publish(thehague.actor, Writing(words), by="test")
    for asked, got in (("zh-Hans", "zh-Hans"), ("zh-CN", "zh-Hans"), ("nl", "nl"), ("fr", "nl")):
        (item,) = feed(f"{JSON}?lang={asked}".replace("zh-CN", "zh-Hans"))["items"]
        assert item["language"] == got
    assert Client().get(f"{JSON}?lang=klingon").status_code == 404


def test_only_what_is_public_is_in_a_feed(thehague: City, shenzhen: City) -> None:
    shown = say(thehague.actor, "Seen #sea", asks=shenzhen.actor)
    for audience in ("followers", "mentioned"):
        say(thehague.actor, "Secret #sea", audience=audience)
    for away in (posting.delete, posting.withhold):
        away(say(thehague.actor, "Gone #sea"), by="test")
    for address in (JSON, "/tags/sea/posts.json", "/@shenzhen/questions/posts.json"):
        assert [item["url"].rstrip("/").rpartition("/")[2] for item in feed(address)["items"]] == [str(shown.pk)]
    assert b"Secret" not in Client().get(ATOM).content


def test_a_feed_comes_in_pages(thehague: City) -> None:
    said = [say(thehague.actor, f"Number {number}").pk for number in range(SIZE + 3)][::-1]
    first = feed()
    assert [item["url"].split("/")[-2] for item in first["items"]] == [str(pk) for pk in said[:SIZE]]
    second = feed(first["next_url"].removeprefix("http://localhost:8000"))
    assert [item["url"].split("/")[-2] for item in second["items"]] == [str(pk) for pk in said[SIZE:]]
    assert "next_url" not in second
    links = {link.get("rel"): link.get("href") for link in atom(f"{ATOM}?before={said[SIZE - 1]}").findall(f"{A}link")}
    assert links["first"] == f"http://localhost:8000{ATOM}"
    assert Client().get(f"{ATOM}?before=x").status_code == 404


def test_an_unchanged_feed_is_not_sent_again(thehague: City) -> None:
    post = say(thehague.actor, "One")
    client = Client()
    first = client.get(ATOM)
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = client.get(ATOM, headers=headers)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", first["ETag"])
    posting.edit(post, Text.of("en", en="Two"), Text(), by="test")
    assert client.get(ATOM, headers={"If-None-Match": first["ETag"]}).status_code == 200
    posting.delete(post, by="test")
    assert client.get(ATOM, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_feed(thehague: City) -> None:
    assert not atom().findall(f"{A}entry")
    assert feed()["items"] == []


def test_signs_that_xml_does_not_take_are_left_out(thehague: City) -> None:
    Post.objects.filter(pk=say(thehague.actor).pk).update(text=Text.of("en", en="a\x0bb\ufffec"))
    (entry,) = atom().findall(f"{A}entry")
    assert "abc" in entry.findtext(f"{A}content", "")


def test_a_pair_has_a_feed(thehague: City, shenzhen: City) -> None:
    pair = Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Both"))
    say(thehague.actor, "Hello, friends", space=pair)
    assert feed("/ties/shenzhen+thehague/posts.json")["title"] == "Both"
    assert len(atom("/ties/shenzhen+thehague/posts.atom").findall(f"{A}entry")) == 1
    assert Client().get("/ties/thehague+shenzhen/posts.atom").status_code == 404


def test_a_feed_asks_the_same_whatever_it_holds(thehague: City, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        say(thehague.actor, f"Number {number} #sea @shenzhen")
    with django_assert_max_num_queries(8):
        Client().get(ATOM)


def test_nobody_learns_of_a_hidden_city(plovdiv: City) -> None:
    assert Client().get("/@plovdiv/posts.atom").status_code == 404
    assert Client().get("/@nobody/posts.json").status_code == 404
    assert Client().get("/tags/nothing/posts.atom").status_code == 404


def test_pages_name_their_feeds() -> None:
    resident("ana")
    page = Client().get("/@ana/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/@ana/posts.atom">' in page
    assert '<link rel="alternate" type="application/feed+json" href="/@ana/posts.json">' in page
