"""Deeds in the network of a talk, each in a process of its own beside the server: ``python -m tests.e2e.talk_deeds say``."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

PASSWORD = "a password for the talk"


def plan() -> dict[str, Any]:
    """Two launched cities, a newcomer and a resident who follows The Hague; the numbers of what has been said."""
    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.languages.text import Text, Version  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.social import posting  # noqa: PLC0415
    from cityplus.social.models import Follow, Profile  # noqa: PLC0415
    from cityplus.social.writing import Writing  # noqa: PLC0415

    def city(handle: str, names: Text, **facts: Any) -> City:
        actor = Actor.objects.create(handle=handle, kind=Actor.Kind.CITY, names=names)
        made = City.objects.create(actor=actor, languages=[names.original], **facts)
        for stage in ("preparing", "ready", "launched"):
            made.advance(stage, by="test")
        return made

    facts = {"country": "NL", "lat": 52.08, "lon": 4.3, "time_zone": "Europe/Amsterdam", "hue": 75}
    hague = city("thehague", Text.of("nl", nl="Den Haag", en="The Hague", ar="لاهاي"), **facts)
    facts = {"country": "CN", "lat": 22.54, "lon": 114.07, "time_zone": "Asia/Shanghai", "hue": 25}
    shenzhen = city("shenzhen", Text.of("zh-Hans", zh_Hans="深圳", en="Shenzhen", ar="شنتشن"), **facts)
    actors = {}
    for handle, home in (("lin", shenzhen), ("femke", hague), ("newcomer", None)):
        person = Person.objects.create_user(handle, password=PASSWORD)
        actors[handle] = Profile.open(person, handle, Text.of("en", en=handle.capitalize()), ["en"], home).actor
    Member.objects.create(city=hague, person=Person.objects.get(username="femke"), role=Member.Role.OWNER)
    Follow.begin(actors["lin"], hague.actor, by="lin")
    words = {
        "nl": Version("Dag @lin, kom je naar #zee?"),
        "en": Version("Hello @lin, will you come to the #sea?", "machine"),
    }
    post = posting.publish(hague.actor, Writing(Text("nl", words), note=Text.of("en", en="About water")), by="femke")
    question = posting.publish(actors["lin"], Writing(Text.of("en", en="Which tram?"), asks=hague.actor), by="lin")
    reply = posting.publish(hague.actor, Writing(Text.of("en", en="Line 9."), reply_to=question), by="femke")
    posting.publish(actors["lin"], Writing(Text.of("en", en="Thank you!"), reply_to=reply), by="lin")
    for number in range(25):
        posting.publish(shenzhen.actor, Writing(Text.of("en", en=f"Note {number} #notes")), by="test")
    return {"post": post.pk, "question": question.pk, "reply": reply.pk}


def say() -> dict[str, Any]:
    """The Hague says something more."""
    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.social import posting  # noqa: PLC0415
    from cityplus.social.writing import Writing  # noqa: PLC0415

    author = Actor.objects.get(handle="thehague")
    return {"post": posting.publish(author, Writing(Text.of("en", en="Said just now.")), by="femke").pk}


def attack() -> dict[str, Any]:
    """Somebody writes every vector wherever they can: as text, note, name, description of a picture, hashtag."""
    from PIL import Image  # noqa: PLC0415
    from tests.attack.vectors import VECTORS  # noqa: PLC0415

    from cityplus.languages.text import Text, Version  # noqa: PLC0415
    from cityplus.media.models import Medium  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.social import posting  # noqa: PLC0415
    from cityplus.social.models import Profile  # noqa: PLC0415
    from cityplus.social.writing import Writing  # noqa: PLC0415

    posts = []
    with tempfile.TemporaryDirectory() as folder:
        for number, vector in enumerate(VECTORS):
            handle = f"evil{number}"
            person = Person.objects.create_user(handle, password=None)
            actor = Profile.open(
                person, handle, Text("en", {"en": Version(vector), "nl": Version(f"nl {vector}")}), ["en"]
            ).actor
            path = Path(folder) / f"{number}.png"
            Image.new("RGB", (8, 8), (number % 256, number // 256, 7)).save(path)
            words = Text("en", {"en": Version(vector), "ar": Version(f"ar {vector}", "machine")})
            medium = Medium.add(actor, path, credit=vector[:200], licence="CC-BY-4.0", alt=words)
            said = Text(
                "nl", {"nl": Version(f"{vector} #tag{vector}"), "en": Version(f"{vector}\n\n{vector}", "machine")}
            )
            writing = Writing(said, note=Text.of("en", en=vector[:200]) if number % 2 else Text(), media=[medium])
            posts.append([handle, posting.publish(actor, writing, by=vector[:150]).pk])
    return {"posts": posts}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    sys.stdout.write(json.dumps({"plan": plan, "say": say, "attack": attack}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
