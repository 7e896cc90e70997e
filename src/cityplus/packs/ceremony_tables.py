"""What of a ceremony travels, column by column; see :mod:`cityplus.packs.tables`."""

from __future__ import annotations

from cityplus.ceremonies import models as ceremonies
from cityplus.ceremonies.models import Ceremony, Guest, Item, Palm, Picture, Run, Taking
from cityplus.packs import checks
from cityplus.packs.declaring import ID, POSITION, Table, own

KEY = "a word of this server, by which its hall gets in"
AGREED = "how cities and guests were asked, between the people of this network"

CEREMONY = Table(
    Ceremony,
    {
        **own("kind", "state", "title", "theme", "place", "hosts", "time_zone", "starts_at", "hour_known"),
        "quorum.guests": "quorum_guests",
        "quorum.palms": "quorum_palms",
        **own("countdown", "words", "wall", "music", "recording", "announced", "launched_at", "desk"),
    },
    needed=frozenset({"kind", "state", "time_zone", "starts_at"}),
    placed={"tie": "kind: signing, and its cities", "route": "route"},
    left={"id": ID, "key": KEY},
    checks={
        "state": lambda node: node.one_of(Ceremony.OVER),
        "time_zone": checks.zone,
        "words": checks.steps,
    },
)
TAKING = Table(
    Taking,
    {},
    placed={
        "ceremony": "its file",
        "city": "its pack, and with",
        "order": POSITION,
        "state": "always accepted: it took part",
    },
    left={"id": ID, **dict.fromkeys(("asked_by", "asked_at", "answered_by", "answered_at", "reason"), AGREED)},
)
GUEST = Table(
    Guest,
    own("names", "title", "needed"),
    placed={"ceremony": "its file", "order": POSITION},
    left={"id": ID, "linked_at": AGREED, "linked_by": AGREED},
)
ITEM = Table(Item, own("at", "words"), placed={"ceremony": "its file", "order": POSITION}, left={"id": ID})
PICTURE = Table(Picture, {}, placed={"ceremony": "its file", "medium": "pictures", "order": POSITION}, left={"id": ID})
RUN = Table(
    Run,
    own("opened_at", "opened_by", "launched_at", "number", "due_at"),
    needed=frozenset({"opened_at", "opened_by"}),
    placed={"ceremony": "its file", "rehearsal": "never: rehearsals stay", "state": "always launched"},
    left={"id": ID},
)
NONCE = "made by who pressed, and of use in the hall alone"
BEAT = "a number of this database, said as its place in the run"
PALM = Table(
    Palm,
    own("how", "at", "by", "reason"),
    needed=frozenset({"how", "at"}),
    placed={"run": "its file", "guest": "the place of the guest"},
    left={"id": ID, "beat": BEAT, "nonce": NONCE},
)
TAKEN = Table(
    ceremonies.Step,
    own("state", "at", "by", "reason"),
    needed=frozenset({"state", "at"}),
    placed={"run": "its file"},
    left={"id": ID, "beat": BEAT},
    checks={"state": lambda node: node.one_of(list(Run.LIFE.steps))},
)
