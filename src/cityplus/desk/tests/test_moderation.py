"""What is reported, as the team of a city and the office see it and decide it."""

from __future__ import annotations

import pytest
from conftest import sign_in

from cityplus.cities.models import City, Member
from cityplus.moderation.models import Decision, Report
from cityplus.moderation.tests.conftest import Cast, cast  # noqa: F401 - a fixture
from cityplus.people.models import Person
from cityplus.social.tests.cast import say

pytestmark = pytest.mark.django_db
DESK, OFFICE = "/desk/@thehague/moderation/", "/office/moderation/"


def test_the_queue_shows_what_was_forwarded_and_no_reporter(cast: Cast) -> None:  # noqa: F811 - the fixture
    report = cast.report()
    other = Report.make(cast.reader, "post", say(cast.writer, "Elsewhere.").pk, reason="hate", forward=True)
    team, office = cast.browser("team"), cast.browser("first")
    queue = team.get(DESK).content.decode()
    assert f'href="{DESK}{report.pk}/"' in queue and f'href="{DESK}{other.pk}/"' not in queue
    case = team.get(f"{DESK}{report.pk}/").content.decode()
    assert "Buy my watches." in case and "Look." in case
    assert "<bdi>li</bdi>" not in case, "the team does not learn who reported it"
    assert "<bdi>li</bdi>" in office.get(f"{OFFICE}{report.pk}/").content.decode()
    assert f'href="{OFFICE}{other.pk}/"' in office.get(OFFICE).content.decode()
    assert team.get(f"{DESK}{other.pk}/").status_code == 404


def test_what_waits_stands_on_the_first_page(cast: Cast) -> None:  # noqa: F811
    cast.report()
    team = cast.browser("team")
    assert "1 report waits for a decision." in team.get("/desk/@thehague/").content.decode()
    Report.objects.get().hand_over(by="team", note="")
    assert "waits for a decision" not in team.get("/desk/@thehague/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"open", "mine"}),
        ("?state=decided", {"decided"}),
        ("?state=all", {"open", "mine", "decided"}),
        ("?reason=hate", {"mine"}),
        ("?whose=mine", {"mine"}),
        ("?whose=nobody", {"open"}),
        ("?state=nonsense&reason=x&whose=y", {"open", "mine"}),
    ],
)
def test_filters(cast: Cast, query: str, shown: set[str]) -> None:  # noqa: F811
    begun = cast.post.reply_to
    posts = {name: say(cast.writer, f"Says {name}.", reply_to=begun) for name in ("open", "mine", "decided")}
    reports = {
        name: Report.make(cast.reader, "post", post.pk, reason="hate" if name == "mine" else "spam", forward=True)
        for name, post in posts.items()
    }
    reports["mine"].assign(cast.team, by="team")
    reports["decided"].decide("dismiss", by=cast.team, reason="Fine.", team=cast.city.actor)
    page = cast.browser("team").get(f"{DESK}{query}").content.decode()
    assert {name for name, report in reports.items() if f'href="{DESK}{report.pk}/"' in page} == shown


def test_the_team_takes_gives_and_decides(cast: Cast) -> None:  # noqa: F811
    report, team = cast.report(), cast.browser("team")
    at = f"{DESK}{report.pk}/"
    colleague = Person.objects.create_user("colleague")
    Member.join(cast.city, colleague, "owner", by="test")
    translator = Person.objects.create_user("translator")
    Member.join(cast.city, translator, "translator", by="test")
    team.post(f"{at}assignment/", {"officer": cast.team.pk})
    report.refresh_from_db()
    assert (report.state, report.officer) == ("in_hand", cast.team)
    for nobody in (translator.pk, cast.first.pk, "x", "9" * 30):
        assert team.post(f"{at}assignment/", {"officer": nobody}).status_code == 422
    team.post(f"{at}assignment/", {"officer": colleague.pk})
    report.refresh_from_db()
    assert report.officer == colleague
    page = team.get(at).content.decode()
    assert 'value="hide"' in page and 'value="suspend"' not in page
    assert team.post(f"{at}decision/", {"kind": "hide", "reason": " "}).status_code == 422
    assert team.post(f"{at}decision/", {"kind": "suspend", "reason": "So."}).status_code == 302
    assert not Decision.objects.exists()
    team.post(f"{at}decision/", {"kind": "hide", "reason": "An ad."})
    decided = team.get(at).content.decode()
    assert "An ad." in decided and 'name="kind"' not in decided
    again = team.post(f"{at}decision/", {"kind": "dismiss", "reason": "Or not."}, follow=True).content.decode()
    assert "decided in the meantime" in again and Decision.objects.count() == 1
    trail = team.get("/desk/@thehague/trail/").content.decode()
    assert "An ad." in trail and "hid" in trail


def test_the_team_hands_over_and_takes_back_what_it_hid(cast: Cast) -> None:  # noqa: F811
    report, team = cast.report(), cast.browser("team")
    decision = report.decide("hide", by=cast.team, reason="An ad.", team=cast.city.actor)
    listed = f"{DESK}decisions/"
    assert f"{listed}{decision.pk}/lifting/" in team.get(listed).content.decode()
    team.post(f"{listed}{decision.pk}/lifting/", {"reason": "It was none."})
    decision.refresh_from_db()
    assert decision.state == "lifted"
    second = cast.report()
    team.post(f"{DESK}{second.pk}/handover/", {"note": "We know him."})
    page = team.get(f"{DESK}{second.pk}/").content.decode()
    assert 'name="kind"' not in page and "We know him." in page
    assert "We know him." in cast.browser("first").get(f"{OFFICE}{second.pk}/").content.decode()


def test_what_another_city_has_is_not_there(cast: Cast, shenzhen: City) -> None:  # noqa: F811
    report = cast.report()
    decision = report.decide("hide", by=cast.team, reason="An ad.", team=cast.city.actor)
    other = Person.objects.create_user("other")
    Member.join(shenzhen, other, "owner", by="test")
    client = sign_in(other)
    for path in (
        f"{report.pk}/",
        f"{report.pk}/decision/",
        f"{report.pk}/handover/",
        f"decisions/{decision.pk}/lifting/",
    ):
        for answer in (client.post(f"/desk/@shenzhen/moderation/{path}", {"reason": "x", "kind": "dismiss"}),):
            assert answer.status_code in {404, 405}, path
        assert client.get(f"{DESK}{path}").status_code in {404, 405}
    assert "An ad." not in client.get("/desk/@shenzhen/moderation/decisions/").content.decode()


def test_the_office_sees_what_was_decided_about_the_same_author(cast: Cast) -> None:  # noqa: F811
    Decision.about_actor(cast.writer, "warn", by=cast.second, reason="Once already.")
    report, office, team = cast.report(), cast.browser("first"), cast.browser("team")
    assert "Once already." in office.get(f"{OFFICE}{report.pk}/").content.decode()
    assert "Once already." not in team.get(f"{DESK}{report.pk}/").content.decode()


def test_the_office_decides_about_an_account_and_takes_it_back(cast: Cast) -> None:  # noqa: F811
    office, at = cast.browser("first"), f"{OFFICE}@wim/"
    assert "in good standing" in office.get(at).content.decode()
    office.post(f"{at}decision/", {"kind": "limit", "reason": "Many ads."})
    page = office.get(at).content.decode()
    assert "Many ads." in page and "limited" in page
    decision = Decision.objects.get()
    office.post(f"{OFFICE}decisions/{decision.pk}/lifting/", {"reason": "Enough."})
    assert "in good standing" in office.get(at).content.decode()
    office.post(f"{at}decision/", {"kind": "dismiss", "reason": "Nothing."})
    assert office.get(f"{OFFICE}@nobody/").status_code == 404
    assert Decision.objects.count() == 2


def test_two_officers_suspend_a_city_on_their_pages(cast: Cast) -> None:  # noqa: F811
    first, second, at = cast.browser("first"), cast.browser("second"), f"{OFFICE}decisions/"
    first.post(f"{OFFICE}@thehague/decision/", {"kind": "suspend", "reason": "It incites."})
    decision = Decision.objects.get()
    agree = f"{at}{decision.pk}/agreement/"
    assert agree not in first.get(at).content.decode() and agree in second.get(at).content.decode()
    assert "Somebody else of the office" in first.post(agree, {"verdict": "yes"}, follow=True).content.decode()
    second.post(agree, {"verdict": "yes"})
    decision.refresh_from_db()
    assert (decision.state, decision.second_name) == ("in_force", "second")


def test_an_appeal_is_settled_at_the_office(cast: Cast) -> None:  # noqa: F811
    decision = cast.report(forward=False).decide("hide", by=cast.first, reason="An ad.")
    cast.browser("writer").post(f"{decision.get_absolute_url()}appeal/", {"words": "They are old."})
    first, second = cast.browser("first"), cast.browser("second")
    at = f"{OFFICE}appeals/{decision.appeal.pk}/"
    assert f'href="{at}"' in second.get(f"{OFFICE}appeals/").content.decode()
    assert 'name="verdict"' not in first.get(at).content.decode()
    assert 'name="verdict"' in second.get(at).content.decode()
    first.post(f"{at}decision/", {"verdict": "upheld", "reason": "So."})
    second.post(f"{at}decision/", {"verdict": "reversed", "reason": ""})
    decision.refresh_from_db()
    assert decision.state == "in_force"
    second.post(f"{at}decision/", {"verdict": "reversed", "reason": "They are."})
    decision.refresh_from_db()
    assert decision.state == "reversed"
    assert "They are." in first.get(at).content.decode()


def test_what_somebody_wrote_is_words_and_no_markup(cast: Cast) -> None:  # noqa: F811
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    post = say(cast.writer, hostile, reply_to=cast.post.reply_to)
    report = Report.make(cast.reader, "post", post.pk, reason="spam", words=hostile, forward=True)
    pages = [cast.browser("team").get(f"{DESK}{report.pk}/"), cast.browser("team").get(DESK)]
    decision = report.decide("warn", by=cast.team, reason=hostile, team=cast.city.actor)
    pages += [
        cast.browser("writer").get(decision.get_absolute_url()),
        cast.browser("team").get("/desk/@thehague/trail/"),
    ]
    for page in pages:
        assert "<script>alert" not in page.content.decode() and "<img src=x" not in page.content.decode()
