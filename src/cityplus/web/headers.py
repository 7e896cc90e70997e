"""The security headers of every answer: one strict policy, no inline script or style, nothing from a third party."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS = "accelerometer=(), camera=(), display-capture=(), microphone=(), payment=(), usb=(), geolocation=(self)"


def content_security_policy(basemap: str) -> str:
    """The policy. Only an operator who names the address of a map style lets pages ask another origin, that one."""
    parts = urlsplit(basemap)
    map_origin = f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} else ""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{map_origin}",
            "font-src 'self'",
            f"connect-src 'self'{map_origin}",
            "media-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


class SecurityHeaders:
    """Middleware that puts the policy on every answer that does not bring a stricter one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(settings.CITYPLUS.basemap)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
