"""The door of the phones: what is sent is kept before it is answered, and what nobody could mean is refused with nothing kept."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from cityplus.cities.models import City
from cityplus.events.doors import live as door
from cityplus.events.models import Scan
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.live import Answer, Asked

pytestmark = pytest.mark.django_db(transaction=True)


def send(*bodies: Any) -> list[Answer]:
    """Send them at one time, and let the committer end."""

    async def all_() -> list[Answer]:
        raw = [body if isinstance(body, bytes) else json.dumps(body).encode() for body in bodies]
        found = await asyncio.gather(*(door.doors(Asked("POST", "", {}, "127.0.0.1", one)) for one in raw))
        await door.committer.close()
        return list(found)

    return asyncio.run(all_())


def body_of(phone: Phone, **scan: Any) -> dict[str, Any]:
    now = 1_800_000_000_000
    plain = {"nonce": "n" * 16, "at": now, "how": "code"}
    return {"pass": str(phone.given), "device": phone.device, "now": now, "after": 0, "scans": [{**plain, **scan}]}


def test_two_phones_at_one_time_are_answered_when_it_is_kept(thehague: City) -> None:
    venue = open_house(thehague).venues.get()
    code, phones = code_of(guest(venue)), [Phone(venue), Phone(venue)]
    said = send(*(body_of(phone, nonce=f"nonce-of-{n}", code=code) for n, phone in enumerate(phones)))
    assert [one.status for one in said] == [200, 200]
    told = [json.loads(one.body) for one in said]
    assert sorted(one["scans"][0]["outcome"] for one in told) == ["entered", "inside"]
    assert all(one["news"][0]["inside"] and one["beat"] > 0 for one in told)
    again = json.loads(send(body_of(phones[0], nonce="nonce-of-0", code=code))[0].body)
    assert again["scans"][0] == next(one for one in told if one["scans"][0]["nonce"] == "nonce-of-0")["scans"][0]
    assert Scan.objects.count() == 2


def test_what_nobody_could_mean_is_refused_and_harms_nobody_beside_it(thehague: City) -> None:
    venue = open_house(thehague).venues.get()
    phone = Phone(venue)
    ana = guest(venue)
    good = body_of(phone, code=code_of(ana))
    wrong: list[Any] = [
        b"", b"[]", b"{", b"\xff", {}, {**good, "scans": 3}, {**good, "scans": ["x"]}, {**good, "scans": good["scans"] * 101},
        {**good, "pass": "x"}, {**good, "device": "<b>"}, {**good, "now": "x"}, {**good, "now": float("nan")},
        {**good, "after": float("inf")}, body_of(phone, nonce="x"), body_of(phone, how="walk-in"), body_of(phone, registration="x"),
    ]  # fmt: skip
    assert {one.status for one in send(*wrong)} == {400}
    assert not Scan.objects.exists()
    odd = body_of(
        phone, nonce="m" * 16, how="hand", registration=ana.pk, reason="No\x00 phone \ud800.", at=-5, leaves=1
    )
    far = body_of(phone, nonce="o" * 16, how="hand", registration=2**70, reason="So.", at=1e300)
    assert [one.status for one in send(odd, far, good)] == [200] * 3
    assert set(Scan.objects.values_list("outcome", flat=True)) == {"outside", "unknown", "entered"}
    assert Scan.objects.get(nonce="m" * 16).reason == "No phone ."


def test_who_opens_the_door_no_more_is_told_so(thehague: City) -> None:
    phone = Phone(open_house(thehague).venues.get())
    phone.steward.end(by="owner")
    (answer,) = send(body_of(phone))
    assert (answer.status, json.loads(answer.body)) == (404, {"refusal": "link"})
