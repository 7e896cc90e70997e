"""Looking whether a proof holds: in the names of a domain, or on a page of the city's own site."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cityplus import jobs
from cityplus.cities.models import Proof, ProofError
from cityplus.lib.fetch import FetchError, fetch
from cityplus.lib.names import Names, NamesError
from cityplus.web.addresses import absolute, bare

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
LONGEST = 250


def cleaned(kind: str, target: str) -> str:
    """A domain or an address of a page as it is kept: small letters, names of any script as DNS writes them.

    Raises:
        ProofError: it is neither.
    """
    target = target.strip()
    if kind == Proof.Kind.DNS:
        domain = _ascii(target)
        if domain is None:
            raise ProofError(_("“%(text)s” is not a domain such as denhaag.nl.") % {"text": target[:80]})
        return domain
    if kind != Proof.Kind.REL_ME:
        raise ProofError(_("There is no such kind of proof."))
    try:
        parts = urlsplit(target if "//" in target else f"https://{target}")
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if host is None or parts.scheme not in {"http", "https"} or "@" in parts.netloc or len(target) > LONGEST:
        raise ProofError(_("“%(text)s” is not an address such as https://www.denhaag.nl/en.") % {"text": target[:80]})
    netloc = f"{host}:{port}" if port else host
    path = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
    if not path.isascii() or not path.isprintable() or " " in path:
        raise ProofError(_("Write the address as your browser copies it, without letters of other scripts."))
    return path


def _ascii(domain: str) -> str | None:
    try:
        written = domain.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return written if len(written) <= LONGEST and _DOMAIN.fullmatch(written) else None


@jobs.job("cities.proof")
def look(proof: int) -> None:
    """Look at one proof and write down what was found; one that is gone or ended is let be."""
    found = Proof.objects.select_related("city__actor").filter(pk=proof).exclude(state="ended").first()
    if found is not None and found.kind != Proof.Kind.VOUCHED:
        found.saw(seen(found))


@jobs.chore("cities.proofs")
def look_at_those_due() -> None:
    """Every proof is looked at again every three days, one that was missed every day."""
    for proof in Proof.objects.due().iterator():
        proof.look_again()


def seen(proof: Proof) -> str:
    """What is wrong, as a word of ``Proof.FAILURES``; empty when the proof holds."""
    names = Names(settings.CITYPLUS.dns)
    if proof.kind == Proof.Kind.DNS:
        try:
            return "" if proof.record_text in (text.strip() for text in names.texts(proof.target)) else "missing"
        except NamesError as error:
            return error.kind
    try:
        page = fetch(proof.target, resolve=names.addresses, allow=settings.CITYPLUS.fetch_allow)
    except FetchError as error:
        return error.kind
    if _site(page.url) != _site(proof.target):
        return "elsewhere"
    return "" if links_to(page.text, page.url, proof.city.handle) else "link"


def links_to(html: str, base: str, handle: str) -> bool:
    """Whether a page links to the address of this city here with ``rel="me"``, in any language of ours."""
    links = _Links()
    links.feed(html)
    links.close()
    ours = urlsplit(absolute("/"))
    for href in links.found:
        try:
            parts = urlsplit(urljoin(base, href.strip()))
        except ValueError:
            continue
        if parts.netloc.lower() == ours.netloc.lower() and bare(parts.path).rstrip("/") == f"/@{handle}":
            return True
    return False


class _Links(HTMLParser):
    """Collects where links with rel=me lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"a", "link", "area"} and "me" in (told.get("rel") or "").lower().split() and told.get("href"):
            self.found.append(told["href"] or "")


def _site(url: str) -> str:
    """A host; with and without www. it is one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
