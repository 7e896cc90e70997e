"""Letters: what they say, in whose language, and that they arrive on a real mail server."""

from __future__ import annotations

import smtplib

import pytest
from django.test import Client
from pytest_django import Settings

from cityplus.config import env as environment
from cityplus.config.mail import mail as mail_settings
from cityplus.jobs.models import Job
from cityplus.people import letters
from cityplus.people.models import Letter, Person
from cityplus.people.tests.conftest import PASSWORD, Postman, link_in
from cityplus.people.tests.mail_server import Mailbox


def test_a_letter_arrives_with_names_of_every_script(mailbox: Mailbox, postman: Postman, db: None) -> None:
    person = Person.enrol("Zoë-海牙", "zoe@example.org", PASSWORD)
    person.prefer("zh-hans")
    letters.write("account/email/email_deleted", "zoe@example.org", person, {"deleted_email": "пловдив@example.org"})
    postman()
    envelope, letter = mailbox.letters[0]
    assert envelope.rcpt_tos == ["zoe@example.org"]
    assert letter["To"] == "zoe@example.org"
    assert letter["From"].addresses[0].addr_spec == "noreply@localhost"
    for kind in ("plain", "html"):
        part = letter.get_body((kind,))
        assert part is not None
        words = part.get_content()
        assert "Zoë-海牙" in words
        assert "пловдив@example.org" in words
    html = letter.get_body(("html",))
    assert html is not None
    assert '<html lang="zh-Hans" dir="ltr">' in html.get_content()
    assert not Letter.objects.exists(), "a letter that was sent holds a link that somebody could read later"


def test_a_mail_server_that_is_away_loses_no_letter(
    mailbox: Mailbox, postman: Postman, anna: Person, settings: Settings
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letters.write("account/email/unknown_account", "x@example.org", None, {})
    postman()
    job = Job.objects.get()
    assert (job.state, Letter.objects.count(), mailbox.letters) == ("waiting", 1, [])
    settings.EMAIL_PORT = port
    Job.objects.update(run_after="2020-01-01T00:00+00:00")
    postman()
    assert len(mailbox.letters) == 1
    assert Job.objects.get().state == "done"


def _of_the_door() -> set[str]:
    """The kinds that stand here; those of rooms above are tested there."""
    return {kind for kind in letters.PATTERNS if kind.startswith(("account/", "mfa/"))}


def test_every_kind_of_letter_can_be_written(postman: Postman, anna: Person) -> None:
    known = {"key": "k:e-y", "uid": "1", "to_email": "a@b.c", "from_email": "d@e.f", "deleted_email": "g@h.i"}
    for kind, pattern in ((kind, letters.PATTERNS[kind]) for kind in _of_the_door()):
        letters.write(kind, "anna@example.org", anna, known | {"ip": "203.0.113.0", "user_agent": "Firefox Linux"})
        (letter,) = postman()
        assert letter.subject == str(pattern.subject)
        assert ("203.0.113.0" in str(letter.body)) == pattern.happened
        assert "%(" not in str(letter.body)
        assert "{{" not in str(letter.body)


def test_the_letters_are_those_that_allauth_sends() -> None:
    """A letter that allauth sends and we do not know would fail the page that sends it."""
    from pathlib import Path  # noqa: PLC0415

    import allauth  # noqa: PLC0415

    templates = Path(allauth.__file__).parent / "templates"
    sent = {
        str(path.relative_to(templates)).removesuffix("_subject.txt")
        for folder in ("account", "mfa")
        for path in (templates / folder / "email").glob("*_subject.txt")
    }
    by_code = {"account/email/login_code", "account/email/password_reset_code", "account/email/email_confirm"}
    assert sent - by_code == _of_the_door()


def test_the_terminal_shows_the_words_and_the_link(
    settings: Settings, postman: Postman, anna: Person, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in mail_settings(environment.read({})).items():
        setattr(settings, name, value)
    stranger.post("/account/password/reset/", {"email": "anna@example.org"})
    postman()
    told = capsys.readouterr().err
    assert "To: anna@example.org\nSubject: A new password\n" in told
    assert "http://localhost:8000/account/password/reset/" in told


def test_a_letter_in_arabic_leads_to_the_arabic_page(postman: Postman, anna: Person, stranger: Client) -> None:
    anna.prefer("ar")
    stranger.post("/account/password/reset/", {"email": "anna@example.org"})
    (letter,) = postman()
    assert link_in(letter).startswith("/ar/account/password/reset/")
    assert 'dir="rtl"' in str(letter.alternatives[0][0])


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl", "user", "password"),
    [
        ("smtp://mail.example", "mail.example", 587, True, False, "", ""),
        ("smtps://u%40x:p%3Aq@mail.example", "mail.example", 465, False, True, "u@x", "p:q"),
        ("smtp://127.0.0.1:2525?tls=no", "127.0.0.1", 2525, False, False, "", ""),
    ],
)
def test_the_mail_server_is_one_address(
    address: str, host: str, port: int, tls: bool, ssl: bool, user: str, password: str
) -> None:
    told = mail_settings(environment.read({"CITYPLUS_MAIL": address}))
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == (host, port)
    assert (told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == (user, password)


def test_a_server_that_refuses_tls_gets_no_password(mailbox: Mailbox, settings: Settings, postman: Postman) -> None:
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "u", "secret"
    letter = Letter.post("x@example.org", "subject", "text", "<p>html")
    with pytest.raises(smtplib.SMTPNotSupportedError):
        letter.send()
    assert mailbox.letters == []


def test_a_letter_to_somebody_invented_goes_nowhere(mailbox: Mailbox, postman: Postman, db: None) -> None:
    for address in ("sample-mill@sample.invalid", "x@example.org"):
        letters.write("account/email/unknown_account", address, None, {})
    postman()
    assert [envelope.rcpt_tos for envelope, _letter in mailbox.letters] == [["x@example.org"]]
    assert not Letter.objects.exists()
