# ruff: noqa: S608, E501 - statements that fill a table of ours; nothing in them comes from outside
"""A network that talks, for benchmarks: real cities, a million posts, readers who follow few and many, and a city that a million follow.

Rows are made by the database itself, and the same numbers make the same network. ``BENCH_CITIES``, ``BENCH_POSTS``, ``BENCH_FOLLOWERS``
and ``BENCH_FOLLOWS`` are its sizes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from bench.house import ROOT

CITIES = int(os.environ.get("BENCH_CITIES", "34006"))
POSTS = int(os.environ.get("BENCH_POSTS", "1000000"))
FOLLOWERS = int(os.environ.get("BENCH_FOLLOWERS", "1000000"))
MANY = int(os.environ.get("BENCH_FOLLOWS", "2000"))
FEW = 20
TEAMS = 20
"""Cities that have somebody who posts for them; the first is followed by everybody, the second by ten."""
STEP = 60_000 << 16
"""Between the numbers of two posts: a minute."""
READERS = {"few": FEW, "many": MANY, "quiet": MANY}
"""Who reads, and how many each follows. Those whom the quiet one follows have posted nothing in the newest half of all posts."""
WORDS = "Tonight the lamps along the water are lit again, and everybody who walks home by the harbour is asked to look up for a while."
_SERIES = "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {count})"


def make(env: dict[str, str]) -> float:
    """Fill the empty network of this environment; returns the seconds that it took."""
    began = time.monotonic()
    world = ["bench", "world", "--cities", str(CITIES), "--routes", "0", "--stops", "0"]
    subprocess.run([sys.executable, "-m", "cityplus", *world], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "bench.social_world"], env=env, cwd=ROOT, check=True)
    return time.monotonic() - began


def main() -> None:
    """Run in a process of its own, whose environment names the network."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415

    from cityplus.packs.world import settle  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        _posts(cursor)
        _followers(cursor)
        _readers(cursor)
        cursor.execute(
            "INSERT INTO social_tally (actor_id, followers, following, posts) SELECT a.id,"
            " (SELECT count(*) FROM social_follow WHERE target_id = a.id), (SELECT count(*) FROM social_follow WHERE actor_id = a.id),"
            " (SELECT count(*) FROM social_post WHERE author_id = a.id) FROM actors_actor a WHERE a.kind = 'city'"
        )
    settle()


def _posts(cursor: Any) -> None:
    """Post number i is by a city that the number decides, in a minute of its own; the last was made a minute ago."""
    first = (int(datetime.now(UTC).timestamp() * 1000) << 16) - POSTS * STEP
    words = json.dumps({"original": "en", "versions": {"en": {"text": f"% {WORDS}", "state": "author"}}})
    head, tail = words.split("%")
    empty = json.dumps({"original": "", "versions": {}})
    kind = "" if _sqlite(cursor) else "::jsonb"
    # The quiet half of the cities stopped posting halfway.
    still = f"CASE WHEN n.i > {POSTS // 2} THEN (n.i * 7919 %% {CITIES}) / 2 ELSE n.i * 7919 %% {CITIES} END"
    author = f"(SELECT min(id) FROM actors_actor WHERE kind = 'city') + {still}"
    series = _SERIES.format(count=POSTS)
    cursor.execute(
        f"INSERT INTO social_post (id, author_id, by, text, note, audience, thread, who_replies, who_boosts, who_quotes, attached_kind,"
        f" attached_id, replies, favourites, boosts, quotes, revision)"
        f" {series} SELECT {first} + n.i * {STEP}, {author}, 'bench', (CAST(%s AS text) || n.i || CAST(%s AS text)){kind}, %s{kind}, 'public', {first} + n.i * {STEP},"
        f" 'everyone', 'everyone', 'everyone', '', 0, 0, 0, 0, 0, 1 FROM n",
        [head, tail, empty],
    )
    cursor.execute(
        "INSERT INTO social_entry (id, actor_id, post_id, kind, listed, language)"
        f" SELECT id, author_id, id, 'own', {'1' if _sqlite(cursor) else 'true'}, 'en' FROM social_post"
    )


def _followers(cursor: Any) -> None:
    """People without an account follow the first city, and ten of them the second."""
    kind = "" if _sqlite(cursor) else "::jsonb"
    names = json.dumps({"original": "en", "versions": {"en": {"text": "A reader", "state": "author"}}})
    cursor.execute(
        f"INSERT INTO actors_actor (handle, kind, names, made_at, revision) {_SERIES.format(count=FOLLOWERS)}"
        f" SELECT 'f' || n.i, 'person', %s{kind}, CURRENT_TIMESTAMP, 1 FROM n",
        [names],
    )
    for place, most in ((0, FOLLOWERS), (1, 10)):
        cursor.execute(
            "INSERT INTO social_follow (actor_id, target_id, at)"
            f" SELECT id, (SELECT min(id) FROM actors_actor WHERE kind = 'city') + {place}, CURRENT_TIMESTAMP"
            f" FROM (SELECT id FROM actors_actor WHERE kind = 'person' ORDER BY id LIMIT {most}) f"
        )


def _readers(cursor: Any) -> None:
    """The readers with their accounts, and one editor in each of the first cities."""
    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.social.models import Follow, Profile  # noqa: PLC0415

    cities = list(Actor.objects.filter(kind="city").order_by("pk").values_list("pk", flat=True))
    talking, quiet = cities[: len(cities) // 2 + 1], cities[len(cities) // 2 + 1 :]
    for name, count in READERS.items():
        person = Person.objects.create(username=f"bench-{name}")
        reader = Profile.open(person, f"bench_{name}", Text.of("en", en=name), ["en"]).actor
        among = quiet if name == "quiet" else talking[TEAMS:]
        chosen = among[:: max(1, len(among) // count)][:count]
        Follow.objects.bulk_create([Follow(actor=reader, target_id=city) for city in chosen], batch_size=500)
    for number, city in enumerate(City.objects.order_by("actor")[:TEAMS]):
        editor = Person.objects.create(username=f"bench-team-{number}")
        Member.objects.create(city=city, person=editor, role=Member.Role.EDITOR)


def _sqlite(cursor: Any) -> bool:
    return bool(cursor.db.vendor == "sqlite")


if __name__ == "__main__":
    main()
