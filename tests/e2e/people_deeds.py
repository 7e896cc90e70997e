"""The network of a talk with some people more: ``python -m tests.e2e.people_deeds plan``."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from tests.e2e import talk_deeds


def plan() -> dict[str, Any]:
    """As in the talk; and Ada, who has no profile yet, Mila, who is locked and whom two want to follow, and what Lin does not read."""
    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.search.building import rebuild  # noqa: PLC0415
    from cityplus.social.models import Bar, Follow, Profile, Silence  # noqa: PLC0415

    said = talk_deeds.plan()
    people = {name: Person.objects.create_user(name, password=talk_deeds.PASSWORD) for name in ("ada", "mila", "olaf")}
    actors = {actor.handle: actor for actor in Actor.objects.all()}
    names = Text.of("bg", bg="Мила", en="Mila")
    mila = Profile.open(people["mila"], "mila", names, ["bg", "en", "zh-Hans"], actors["thehague"].city)
    mila.change(
        by="mila",
        locked=True,
        findable=True,
        about=Text.of("bg", bg="Рисувам трамваи.", en="I draw trams.", ar="أرسم عربات الترام."),
    )
    for name in ("lin", "newcomer"):
        Follow.begin(actors[name], mila.actor, by=name)
    Follow.begin(mila.actor, actors["shenzhen"], by="mila")
    olaf = Profile.open(people["olaf"], "olaf", Text.of("en", en="Olaf"), ["en"]).actor
    Bar.put(actors["lin"], olaf, "block", by="lin")
    Silence.keep(actors["lin"], "word", "rain", by="lin")
    Silence.keep(actors["lin"], "language", "nl", by="lin")
    rebuild()
    return said


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    sys.stdout.write(json.dumps({"plan": plan, "say": talk_deeds.say}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
