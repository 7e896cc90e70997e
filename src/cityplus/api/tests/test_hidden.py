"""What is not public does not exist here: not for strangers, and not for those who could see it on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.api.tests.conftest import HIDDEN, ROOT, Network
from cityplus.cities.models import Member
from cityplus.people.models import Person

LISTS = ["cities", "cities?near=52,4", "ties", "ties?city=thehague", "routes", "cities/thehague/routes"]
LISTS += ["events", "events?city=thehague", "presenters", "presenters?city=thehague"]
LISTS += ["ceremonies", "ceremonies?city=thehague", "organisations", "organisations?city=thehague"]


def hidden_paths(network: Network) -> Iterator[tuple[str, str]]:
    """Each hidden thing beside one that is not there at all."""
    yield f"cities/{HIDDEN}", "cities/nowhere"
    yield f"cities/{HIDDEN}/routes", "cities/nowhere/routes"
    yield f"ties/{HIDDEN}+thehague", "ties/nowhere+thehague"
    yield "cities/thehague/routes/secret-draft", "cities/thehague/routes/nothing"
    yield "cities/thehague/routes/secret-draft/stops", "cities/thehague/routes/nothing/stops"
    yield "cities/thehague/routes/secret-draft/stops/1", "cities/thehague/routes/nothing/stops/1"
    yield f"cities/{HIDDEN}/totals", "cities/nowhere/totals"
    yield f"ties/{HIDDEN}+thehague/totals", "ties/nowhere+thehague/totals"
    yield "cities/thehague/routes/secret-draft/totals", "cities/thehague/routes/nothing/totals"
    yield "cities/thehague/routes/secret-draft/stops/1/totals", "cities/thehague/routes/nothing/stops/1/totals"
    yield f"ceremonies/{network.secret_ceremony.pk}", "ceremonies/987654321"
    yield "events/thehague/secret-meeting", "events/thehague/nothing"
    yield f"events/{HIDDEN}/secret-feast", "events/thehague/nothing"
    yield "presenters/secret-speaker", "presenters/nobody"
    yield "organisations/secret_works", "organisations/nowhere"
    for medium in network.secrets.values():
        yield f"media/{medium.pk}", "media/987654321"


@pytest.fixture(params=["stranger", "owner", "office"])
def client(request: pytest.FixtureRequest, network: Network) -> Client:
    """Who asks makes no difference."""
    if request.param == "stranger":
        return Client()
    person = Person.objects.create_user(request.param, is_staff=request.param == "office")
    for city in (network.thehague, network.hidden):
        Member.objects.create(city=city, person=person, role=Member.Role.OWNER)
    return sign_in(person)


def test_what_is_hidden_is_missing_in_the_same_words(client: Client, network: Network) -> None:
    for hidden, missing in hidden_paths(network):
        found, nothing = client.get(f"{ROOT}/{hidden}"), client.get(f"{ROOT}/{missing}")
        assert found.status_code == nothing.status_code == 404, hidden
        assert found.content == nothing.content
        assert dict(found.headers) == dict(nothing.headers)


def test_no_list_names_it(client: Client, network: Network) -> None:
    for path in LISTS:
        body = client.get(f"{ROOT}/{path}").content.decode()
        assert "thehague" in body, path
        assert HIDDEN not in body
        assert "ecret" not in body


def test_what_is_taken_back_is_gone_at_once(client: Client, network: Network) -> None:
    address = f"{ROOT}/cities/thehague/routes/to-the-sea"
    assert client.get(address).status_code == 200
    network.route.withdraw(by="test")
    assert client.get(address).status_code == 404
    assert json.loads(client.get(f"{ROOT}/routes").content)["items"] == []
    for name in ("routecover", "film", "poster", "atstop"):
        assert client.get(f"{ROOT}/media/{network.media[name].pk}").status_code == 404, name
    assert client.get(f"{ROOT}/media/{network.media['cover'].pk}").status_code == 200
