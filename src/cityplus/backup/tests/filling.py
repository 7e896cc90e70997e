"""What the servers of the tests hold. It runs inside of them."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction

from cityplus import jobs, journal
from cityplus.backup.tests.tallies.models import Odd
from cityplus.cities.models import City, Member
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.subscribers import deliver
from cityplus.media import store
from cityplus.packs.importing import import_packs
from cityplus.people.models import Person
from cityplus.routes.models import Delivery

WORDS = "海 \u2028 “x” \\n a\tb\r\nc 😀 \x01 '\\.'"


def fill(pack: Path) -> None:
    """A city, people, a session, jobs in several states, a journal, and a value of every kind."""
    call_command("migrate", verbosity=0)
    (city,) = import_packs(pack)
    person = Person.objects.create_user("anna", password="a long password")
    Member.objects.create(city=city, person=person, role="owner")
    session = SessionStore()
    session["a"] = 1
    session.save()
    while deliver() or worker.run_one("test"):
        pass
    with transaction.atomic():
        jobs.enqueue("test.kind", key="waits", priority=9, words=WORDS)
        for n in range(30):
            journal.record("test.happened", city, n=n, words=WORDS)
    journal_entries = journal.latest_id()
    Job.objects.create(kind="test.kind", key="dead", state="dead", error=WORDS)
    _odd()
    _delivery(city)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO tally VALUES ('2026-11-25', 9007199254740993, %s)", [bytes(range(256))])
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [journal_entries])  # its id is not to be given again


def _delivery(city: City) -> None:
    """A file that waits to be read, so one that the store holds and no medium names."""
    with store.workbench() as bench:
        (bench / "file").write_text("<gpx/>")
        key = store.keep(bench / "file", "deliveries/0123456789abcdef")
    Delivery.objects.create(city=city, key=key, by="anna")


def _odd() -> None:
    full = Odd._default_manager.create(
        key=uuid.UUID(int=2**127 + 3),
        name=WORDS,
        day=date(1, 1, 1),
        hour=time(23, 59, 59, 999999),
        moment=datetime(2018, 12, 3, 10, 20, 30, 1, tzinfo=UTC),
        blob=bytes(range(256)),
        price=Decimal("-12345678.000001"),
        lasts=timedelta(days=-3, microseconds=7),
        address="2001:db8::1",
        true=False,
        big=-(2**63),
        real=1e-300,
        data={"a": [None, True, 1.5, WORDS.replace("\x01", "")], "": {}},
    )
    bare = Odd._default_manager.create(
        key=uuid.UUID(int=5), name="", address="192.0.2.7", moment=datetime(2018, 12, 3, tzinfo=UTC)
    )
    full.friends.add(bare)
