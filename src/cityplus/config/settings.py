"""Django's settings, all derived from the one settings page in ``env.py``."""

from __future__ import annotations

from pathlib import Path

from cityplus.config import env as environment
from cityplus.config.databases import database
from cityplus.config.mail import mail
from cityplus.config.storages import storage
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.lib.sqlite import use_sound_library

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

use_sound_library()

SECRET_KEY = ENV.secret()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "cityplus.config.operator.apps.OperatorConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "cityplus.journal",
    "cityplus.jobs",
    "cityplus.live",
    "cityplus.languages",
    "cityplus.limits",
    "cityplus.web",
    "cityplus.actors",
    "cityplus.people",
    "cityplus.pulse",
    "cityplus.media",
    "cityplus.drafts",
    "cityplus.notifications",
    "cityplus.moderation",
    "cityplus.search",
    "cityplus.cities",
    "cityplus.social",
    "cityplus.organisations",
    "cityplus.routes",
    "cityplus.events",
    "cityplus.opportunities",
    "cityplus.ties",
    "cityplus.ceremonies",
    "cityplus.packs",
    "cityplus.backup",
    "cityplus.portal",
    "cityplus.api",
    "cityplus.translation",
    "cityplus.desk",
    "cityplus.office",
]

MIDDLEWARE = [
    "cityplus.web.kept.Keeping",
    "cityplus.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cityplus.api.door.Door",
    "cityplus.web.pagecache.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cityplus.web.patience.Patience",
    "allauth.account.middleware.AccountMiddleware",
    "cityplus.people.presence.Presence",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cityplus.config.urls"
WSGI_APPLICATION = None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": not DEBUG,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cityplus.web.context.frame",
            ],
            **(
                {
                    "loaders": [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ]
                }
                if DEBUG
                else {}
            ),
        },
    }
]


DATABASES = {"default": database(ENV)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["cityplus.people.backends.ByNameOrMail"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:account"
LOGOUT_REDIRECT_URL = "portal:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

PASSWORD_RESET_TIMEOUT = 3600
CSRF_FAILURE_VIEW = "cityplus.web.patience.forged"

# Our own limits hold across processes (cityplus.people.patience); allauth's count in the memory of one.
ACCOUNT_ADAPTER = "cityplus.people.adapter.Door"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_USERNAME_BLACKLIST = ["admin", "cityplus", "foundation", "operator", "root", "support", "system"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENV.https else "http"
MFA_ADAPTER = "cityplus.people.second_factor.SecondFactors"
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CityPlus"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # of further addresses; one is confirmed before anybody comes in

globals().update(mail(ENV))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.sender

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code, language.name) for language in UI_LANGUAGES]
LOCALE_PATHS = [PACKAGE / "languages" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STORAGES = {
    "default": storage(ENV),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/.*-[A-Z0-9]{8}\.\w+$"

SESSION_COOKIE_NAME = "__Host-session" if ENV.https else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.https else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 63_072_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # the form of a route of sixty stops, each place with its mark
# A form takes no file unless its view says so and where to: otherwise anybody could fill the disk through any form.
FILE_UPLOAD_HANDLERS = ["cityplus.media.multipart.NoFiles"]

CITYPLUS = ENV

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cityplus.config.log.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
