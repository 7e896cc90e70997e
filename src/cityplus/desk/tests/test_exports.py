"""The city as a pack: written by the worker, fetched for a day by who may export, and gone after that."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City, Member
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.tests.conftest import add, drawing
from cityplus.packs import asking
from cityplus.packs.models import Export
from cityplus.people.models import Person
from cityplus.routes.models import Route

EXPORTS = "/desk/@thehague/exports/"


@pytest.fixture
def client(owner: Person, route: Route, tmp_path: Path) -> Client:
    add(route.city.actor, drawing(tmp_path / "sea.svg"), "media/sea.svg", alt=Text.of("nl", nl="De zee."))
    return sign_in(owner)


def work() -> None:
    while Job.objects.filter(kind="packs.export", state="waiting").exists():
        assert worker.run_one("test")


def file_of(export: Export) -> str:
    return f"{EXPORTS}{export.pk}/pack.zip"


def body(client: Client, address: str, **headers: str) -> bytes:
    answer = client.get(address, headers=headers)
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def asked(client: Client) -> Export:
    assert client.post(EXPORTS).status_code == 302
    return Export.objects.latest("pk")


def test_the_pack_is_written_and_holds_the_city(client: Client) -> None:
    export = asked(client)
    assert "Being written" in client.get(EXPORTS).content.decode()
    assert client.get(file_of(export)).status_code == 404
    work()
    shown = client.get(EXPORTS).content.decode()
    assert file_of(export) in shown
    with zipfile.ZipFile(io.BytesIO(body(client, file_of(export)))) as pack:
        assert pack.testzip() is None
        names = set(pack.namelist())
    assert {"thehague/city.yaml", "thehague/media/sea.svg", "thehague/routes/to-the-sea/route.yaml"} <= names
    told = Entry.objects.filter(verb__startswith="pack.").order_by("id")
    assert list(told.values_list("verb", "by")) == [("pack.asked", "thehague-owner"), ("pack.ready", "thehague-owner")]


def test_it_is_fetched_in_ranges(client: Client) -> None:
    export = asked(client)
    work()
    whole = body(client, file_of(export))
    answer = client.get(file_of(export), headers={"Range": "bytes=10-"})
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == whole[10:]  # type: ignore[attr-defined]
    assert client.get(file_of(export), headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    head = client.head(file_of(export))
    assert head.headers["Content-Length"] == str(len(whole))
    assert "private" in head.headers["Cache-Control"]
    assert head.headers["Content-Disposition"].startswith('attachment; filename="thehague-')


def test_who_asks_twice_while_it_is_written_asks_once(client: Client) -> None:
    assert asked(client) == asked(client)
    work()
    assert asked(client).state == "waiting"
    assert Export.objects.count() == 2


def test_the_link_ends_with_its_day_and_with_the_right(
    client: Client, owner: Person, editor: Person, thehague: City, shenzhen: City
) -> None:
    export = asked(client)
    work()
    hers = sign_in(editor)
    assert hers.head(file_of(export)).status_code == 200
    Member.objects.get(person=editor).change("translator", by=owner.username)
    assert hers.get(file_of(export)).status_code == 403
    Member.objects.get(person=editor).remove(by=owner.username)
    assert hers.get(file_of(export)).status_code == 404
    Member.join(shenzhen, editor, "owner", by="test")
    assert hers.get(f"/desk/@shenzhen/exports/{export.pk}/pack.zip").status_code == 404
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(file_of(export)).status_code == 404
    assert "The link is over" in client.get(EXPORTS).content.decode()


def test_a_pack_whose_day_is_over_is_swept_and_no_other(client: Client) -> None:
    old = asked(client)
    work()
    fresh = asked(client)
    work()
    assert asking.sweep() == 0
    Export.objects.filter(pk=old.pk).update(expires_at=timezone.now() - asking.GRACE)
    stray = default_storage.save("exports/stray.zip", io.BytesIO(b"left by a city that is gone"))
    assert asking.sweep() == 2
    assert not store.has(stray)
    assert not store.has(old.key)
    assert list(Export.objects.all()) == [fresh]
    assert len(body(client, file_of(fresh))) == fresh_bytes(fresh)


def fresh_bytes(export: Export) -> int:
    export.refresh_from_db()
    return export.bytes


def test_a_city_that_cannot_be_packed_says_why(client: Client) -> None:
    export = asked(client)
    for key, _, _ in list(store.shelf().listing("originals")):
        store.shelf().remove(key)
    work()
    shown = client.get(EXPORTS).content.decode()
    assert "There is no pack" in shown
    assert "is not in the store" in shown
    assert client.get(file_of(export)).status_code == 404


def test_doing_the_job_twice_is_doing_it_once(client: Client) -> None:
    export = asked(client)
    work()
    before = body(client, file_of(export))
    asking.write(export.pk)
    asking.write(10**9)
    assert body(client, file_of(export)) == before
    assert Entry.objects.filter(verb="pack.ready").count() == 1


def test_what_the_worker_gave_up_on_can_be_asked_for_again(client: Client) -> None:
    export = asked(client)
    with transaction.atomic():
        Job.objects.filter(kind="packs.export").update(state="dead")
    assert "ask for it again" in client.get(EXPORTS).content.decode()
    assert asked(client) != export
