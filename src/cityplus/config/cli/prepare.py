"""The first half of ``cityplus up``, run as a child: migrate, sample accounts, sample network."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cityplus.config import env as environment
from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready

if TYPE_CHECKING:
    from cityplus.people.models import Person

OFFICE, VISITOR = "foundation", "visitor"
CONVERSATION, ORGANISATIONS = "conversation.yaml", "organisations.yaml"
EVENTS, OPPORTUNITIES, MEETINGS = "events.yaml", "opportunities.yaml", "meetings.yaml"
"""What the sample network has beside its packs."""
ACCOUNTS = (
    (OFFICE, "", "", "network office"),
    ("shenzhen-owner", "shenzhen", "owner", "owner of Shenzhen"),
    ("shenzhen-editor", "shenzhen", "editor", "editor of Shenzhen"),
    ("thehague-owner", "thehague", "owner", "owner of The Hague"),
    ("thehague-editor", "thehague", "editor", "editor of The Hague"),
    (VISITOR, "", "", "a visitor, with a profile"),
)
DELEGATES = {"golfslag-owner": "sample_golfslag_lab", "fengyan-owner": "sample_fengyan_drones"}
"""Who acts for an organisation of The Hague and for one of Shenzhen, where there are organisations: one offers, the other has answered."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--content", type=Path)
    parser.add_argument("--empty", action="store_true")
    options = parser.parse_args()
    try:
        env = django_ready()
        _migrate()
        if not options.empty:
            _load(env, options.content)
    except (Stop, environment.SettingError) as problem:
        print(f"cityplus: {problem}", file=sys.stderr)
        return 1
    return 0


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django
    from django.db import OperationalError  # noqa: PLC0415

    from cityplus.search.building import rebuild_if_outdated  # noqa: PLC0415

    try:
        call_command("migrate", interactive=False, verbosity=0)
        rebuild_if_outdated()
    except OperationalError as error:
        raise Stop(f"the database cannot be used: {error}") from None


def _load(env: environment.Env, content: Path | None) -> None:
    """Load the packs into an empty network and what else the sample has, each once, and make the sample accounts."""
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django
    from cityplus.packs.importing import import_packs  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    if content is None:
        return
    if not City.objects.exists():
        print(f"Loading the sample network from {content.name}/", flush=True)
        with _whole("nothing was imported"):
            import_packs(content.absolute(), tell=lambda line: print(f"  {line}", flush=True))
    if not Person.objects.exists():
        _make_accounts(env, (content / ORGANISATIONS).is_file())
    for name, what, load in (
        (CONVERSATION, "the conversation was", _talk),
        (ORGANISATIONS, "the organisations were", _organise),
        (EVENTS, "the events were", _gather),
        (OPPORTUNITIES, "the opportunities were", _deal),
        (MEETINGS, "the meetings were", _convene),
    ):
        if (content / name).is_file():
            with _whole(f"{what} not loaded"):
                said = load(content / name)
            if said:
                print(f"  {said} from {name}", flush=True)


@contextmanager
def _whole(wrong: str) -> Iterator[None]:
    """What is loaded here is loaded whole, or the start stops with these words and what is wrong in the file."""
    from cityplus.packs.reading import PackError  # noqa: PLC0415 - needs Django

    try:
        yield
    except PackError as error:
        raise Stop(f"{wrong}. {error}") from None


def _talk(path: Path) -> str:
    """Let the sample network talk."""
    from cityplus.config import conversing  # noqa: PLC0415 - needs Django
    from cityplus.social.models import Post  # noqa: PLC0415

    return "" if Post.objects.exists() else f"{conversing.bring(conversing.read(path))} posts"


def _organise(path: Path) -> str:
    """Let the cities of the sample network have organisations."""
    from cityplus.config import organising  # noqa: PLC0415 - needs Django
    from cityplus.organisations.models import Organisation  # noqa: PLC0415

    if Organisation.objects.exists():
        return ""
    found = organising.bring(organising.read(path))
    organising.send(DELEGATES)
    return f"{found} organisations"


def _gather(path: Path) -> str:
    """Let the sample network have events."""
    from cityplus.config import gathering  # noqa: PLC0415 - needs Django
    from cityplus.events.models import Event  # noqa: PLC0415

    return "" if Event.objects.exists() else f"{gathering.bring(path)} events"


def _deal(path: Path) -> str:
    """Let the sample network offer and ask."""
    from cityplus.config import dealing  # noqa: PLC0415 - needs Django
    from cityplus.opportunities.models import Opportunity  # noqa: PLC0415

    return "" if Opportunity.objects.exists() else f"{dealing.bring(dealing.read(path))} opportunities"


def _convene(path: Path) -> str:
    """Let organisations come to the coming event of the sample network and have their timetable."""
    from cityplus.config import convening  # noqa: PLC0415 - needs Django

    plan = convening.read(path)
    if (event := convening.awaited(plan)) is None:
        return ""
    found = convening.bring(plan, event).figures
    return f"{found['parties']} organisations, {found['meetings']} meetings; {found['met']} of {found['wishes']} wishes met,"


def _make_accounts(env: environment.Env, organised: bool) -> None:
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - needs Django
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.moderation.models import Acceptance, Edition  # noqa: PLC0415
    from cityplus.moderation.proposal import PROPOSAL  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    password = env.demo_password or secrets.token_urlsafe(9)
    try:
        validate_password(password)
    except ValidationError as error:
        raise Stop(f"CITYPLUS_DEMO_PASSWORD: {' '.join(error.messages)}") from None
    made = []
    with transaction.atomic():
        edition = Edition.in_force() or Edition.publish(PROPOSAL, by="cityplus up", after=0)
        delegates = [(name, "", "", f"owner of @{handle}") for name, handle in DELEGATES.items() if organised]
        for username, handle, role, about in (*ACCOUNTS, *delegates):
            city = City.objects.filter(actor__handle=handle).first()
            if handle and city is None:
                continue  # other packs than the sample network's: there is no city to act for
            person = Person.enrol(username, f"{username}@example.org", password, office=username == OFFICE)
            Acceptance.give(person, edition)
            if city:
                Member.join(city, person, role, by="cityplus up")
            if username == VISITOR:
                _give_profile(person)
            made.append(f"    {username:<16} {about}")
    shown = "that of CITYPLUS_DEMO_PASSWORD" if env.demo_password else password
    told = ["", "  Sign-ins of the sample network, by name or as name@example.org:", *made]
    print("\n".join([*told, f"  Password of all: {shown}", ""]), flush=True)


def _give_profile(person: Person) -> None:
    """So that one can follow, post and ask at once."""
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.social.models import Profile  # noqa: PLC0415

    home = City.objects.public().filter(actor__handle="shenzhen").first()
    names = Text.of("zh-Hans", zh_Hans="路过的人", en="A passer-by")
    Profile.open(person, person.username, names, ["zh-Hans", "en"], home).change(by=person.username, findable=True)


if __name__ == "__main__":
    raise SystemExit(main())
