"""A trial: the launch of a city that is there for nothing else, rehearsed, so that one sees in a minute what a ceremony is.

The city stays in preparation, so its ceremony can be rehearsed and never be held: nothing of a trial reaches the public.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.cities.models import City
from cityplus.languages.text import Text

HANDLE = "trial_reykjavik"
NAMES = Text.of(
    "en", en="Reykjavík (trial)", zh_Hans="雷克雅未克（演练）", ar="ريكيافيك (تجربة)", ja="レイキャヴィーク（試演）",
    fr="Reykjavik (essai)", bg="Рейкявик (проба)", nl="Reykjavik (proef)",
)  # fmt: skip
TITLE = Text.of(
    "en", en="A light in the north (trial)", zh_Hans="北方的一盏灯（演练）", ar="ضوء في الشمال (تجربة)", ja="北の灯（試演）",
    fr="Une lumière au nord (essai)", bg="Светлина на север (проба)", nl="Een licht in het noorden (proef)",
)  # fmt: skip
GUESTS = (
    Text.of("en", en="The mayor", zh_Hans="市长", ar="رئيسة البلدية", ja="市長", fr="La maire", bg="Кметът", nl="De burgemeester"),
    Text.of("en", en="The host", zh_Hans="东道主", ar="المضيف", ja="主催者", fr="L’hôte", bg="Домакинът", nl="De gastheer"),
    Text.of(
        "en", en="The youngest guest", zh_Hans="最年轻的来宾", ar="أصغر الضيوف سنًّا", ja="最年少の来賓", fr="La plus jeune invitée",
        bg="Най-младият гост", nl="De jongste gast",
    ),
)  # fmt: skip


def begin(*, by: str) -> Ceremony:
    """The trial's ceremony with a rehearsal that is going on: the one there is, or a new one."""
    with transaction.atomic():
        city = _city()
        ceremony = Ceremony.objects.filter(takings__city=city, state__in=Ceremony.PLANNING).first() or _plan(city, by)
        if not ceremony.runs.filter(state__in=Run.GOING).exists():
            Run.begin(ceremony, by=by, rehearsal=True)
    return ceremony


def _city() -> City:
    actor, _ = Actor.objects.get_or_create(handle=HANDLE, defaults={"kind": Actor.Kind.CITY, "names": NAMES})
    facts = {
        "country": "IS",
        "lat": 64.13548,
        "lon": -21.89541,
        "time_zone": "Atlantic/Reykjavik",
        "languages": ["en"],
        "hue": 215,
    }
    city, made = City.objects.get_or_create(actor=actor, defaults=facts)
    if made:
        city.advance("preparing", by="trial", note="for a trial of a launch ceremony; it is never launched")
    return city


def _plan(city: City, by: str) -> Ceremony:
    host = City.objects.public().order_by("number").first()
    ceremony = Ceremony.plan(
        Ceremony.Kind.LAUNCH,
        [city, *([host] if host else [])],
        by=by,
        title=TITLE,
        time_zone=city.time_zone,
        starts_at=timezone.now() + timedelta(minutes=5),
        countdown=5,
        desk="",
    )
    for names in GUESTS:
        Guest.invite(ceremony, by=by, names=names, title=Text(), needed=True)
    return ceremony
