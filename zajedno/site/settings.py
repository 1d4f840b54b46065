"""All settings, by environment. `docs/server.md` explains each; an unsafe server refuses to start (see `checks.py`)."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
PACKS_DIR = next(p for p in (ROOT / "packs", PACKAGE / "packs") if p.is_dir())

MODE = os.environ.get("ZAJEDNO_MODE", "demo")  # demo | server | test
DEMO = MODE == "demo"
DEBUG = False
DATA_DIR = Path(os.environ.get("ZAJEDNO_DATA", ROOT / "data"))
SECRET_KEY = os.environ.get("ZAJEDNO_SECRET_KEY", "" if MODE == "server" else "only-for-demo-and-tests-" + "x" * 40)
ALLOWED_HOSTS = os.environ.get("ZAJEDNO_HOSTS", "127.0.0.1,localhost,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if MODE == "server" else []
SEALING_KEYS = Path(os.environ.get("ZAJEDNO_SEALING_KEYS", DATA_DIR / "keys.json"))


def _database(url: str) -> dict[str, object]:
    """`postgresql://user:password@host:port/name?host=/socket/folder` as Django wants it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "zajedno"},
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql:///zajedno")
DATABASES = {"default": _database(DATABASE_URL)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "zajedno.kernel",
    "zajedno.access",
    "zajedno.places",
    "zajedno.procedures",
    "zajedno.forms",
    "zajedno.figures",
    "zajedno.children",
    "zajedno.networks",
    "zajedno.programmes",
    "zajedno.casework",
    "zajedno.exchange",
    "zajedno.indicators",
    "zajedno.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "zajedno.web.shared.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zajedno.web.shared.fence.Fence",  # one transaction a request, under the desk's database role
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zajedno.web.shared.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "zajedno.web.shared.fence.Identify",  # tells the database who acts; makes request.actor
    "zajedno.web.shared.second_factor.SecondFactor",
    "zajedno.web.shared.refusals.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "zajedno.site.urls"
WSGI_APPLICATION = "zajedno.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zajedno.web.shared.shell.shell",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/after-login/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "zajedno.web.account.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come by invitation, which proves the address
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nothing is written to an address that has no account
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zajedno"
USERSESSIONS_TRACK_ACTIVITY = True
REQUIRE_SECOND_FACTOR = MODE == "server"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "zajedno.web.shared.errors.csrf_failure"
if MODE == "server":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = os.environ.get("ZAJEDNO_BEHIND_TLS", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"},
    # Pieces of pages made of released figures, of which each process keeps some: web/shared/figures/kept.py.
    "drawn": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 200}},
    # How often an address reads what is open to programs: web/shared/limits.py.
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

LANGUAGE_CODE = "en"  # of the command line, and what stands where a text is missing; people choose theirs
LANGUAGES = [
    ("sr", "Српски"),
    ("sr-latn", "Srpski"),
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("sq", "Shqip"),
    ("en", "English"),
]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["zajedno.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Belgrade"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ZAJEDNO_STATIC", DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # papers live sealed in the database
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a class on one screen: a field for each pupil and question
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 110  # a phone sends up to 101 pictures at once, and the sheet

_mail = urlsplit(os.environ.get("ZAJEDNO_MAIL_URL", ""))
# Without a mail server letters wait in the outbox; the demo writes them into a folder, where an invitation can be read.
_MAIL_WAY = "smtp" if _mail.hostname else {"test": "locmem", "demo": "filebased"}.get(MODE, "dummy")
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL_WAY}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = os.environ.get("ZAJEDNO_MAIL_FROM", "zajedno@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nameless": {"()": "zajedno.web.shared.logs.Nameless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["nameless"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "sqlglot": {"level": "ERROR"},  # which writes the questions of pair finding
    },
}
DEFAULT_EXCEPTION_REPORTER = "zajedno.web.shared.errors.NamelessReporter"
