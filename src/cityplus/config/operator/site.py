"""Who reaches the operator's pages. For everybody else there is nothing at their address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import auth
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponse]


class OperatorSite(AdminSite):
    """For operators (``is_superuser``) who are signed in through our own door, by their second factor if they have one."""

    site_title = site_header = "CityPlus"
    index_title = _("Operator")
    site_url = "/account/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and bool(request.user.is_superuser)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            if where := _second_factor_owed(request):
                return redirect(f"{where}?{urlencode({'next': request.get_full_path()})}")
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer

        return inner

    def get_urls(self) -> list[Any]:
        """Without redirects to the address with a slash: they would tell strangers that there is something."""
        urls: list[Any] = super().get_urls()
        for view in _views(urls):
            view.should_append_slash = False
        return urls

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """There is one door, and it is not here."""
        raise Http404

    def logout(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # type: ignore[override]
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        auth.logout(request)
        return redirect("/")

    def password_change(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")


def _views(urls: list[Any]) -> Iterator[Any]:
    for url in urls:
        if hasattr(url, "url_patterns"):
            yield from _views(url.url_patterns)
        else:
            yield getattr(url.callback, "__func__", url.callback)


def _second_factor_owed(request: HttpRequest) -> str:
    """Where to show a second factor that exists but was not used in this session; empty when nothing is owed."""
    if not is_mfa_enabled(request.user):
        return ""
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return ""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    return next(way["url"] for way in ways if way["id"].startswith("mfa"))
