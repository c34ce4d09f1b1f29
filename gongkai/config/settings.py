"""Django settings; everything that a site may change comes from ``environment``."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gongkai.config.environment import Environment

ENV = Environment()
DATA = ENV.data.resolve()
DEBUG = ENV.debug
DEMO = ENV.demo

SECRET_KEY = ENV.secret_key or ("demo-only-not-secret-" * 3 if DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("GONGKAI_SECRET_KEY is not set (50 random characters or more)")
# Opens sealed identities; kept apart from SECRET_KEY so that either can be rotated alone.
SEALING_KEY = ENV.sealing_key or (SECRET_KEY if DEMO else "")
if not SEALING_KEY:
    raise ImproperlyConfigured("GONGKAI_SEALING_KEY is not set (50 random characters or more)")
# Shared by the inner and the outer host; asked for only where bundles are packed or unpacked.
EXCHANGE_KEY = ENV.exchange_key
# Signs the lists of what was released; without it they say that they are not signed.
_DEMO_SIGNER = b64encode(sha256(f"gongkai/signing/{SECRET_KEY}".encode()).digest()).decode()
SIGNING_KEY = ENV.signing_key or (_DEMO_SIGNER if DEMO else "")

# What others may do with the open data: words, or the address of a known licence.
DATA_LICENCE = ENV.data_licence

ALLOWED_HOSTS = [host.strip() for host in ENV.hosts.split(",") if host.strip()]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("GONGKAI_HOSTS must name the hosts; * is not accepted")
# To these, as to gov.cn, a link on a public page leads without a notice.
OFFICIAL_HOSTS = [host.strip() for host in ENV.official_hosts.split(",") if host.strip()]

ROOMS = [
    "office", "api", "exchange", "publishing", "portal", "oversight", "channels", "imports",
    "reporting", "applications", "enquiries", "cases", "catalogue", "assets", "review", "files",
    "agencies", "outbox", "ledger", "clock",
]  # fmt: skip

INSTALLED_APPS = [
    "gongkai.config",
    *[f"gongkai.{room}" for room in ROOMS],
    *(["gongkai.demo"] if DEMO else []),
    # The admin's pages name these two; their own uploads are closed in ``urls``.
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # for its Chinese: Wagtail tells times with it
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.office.middleware.DeskMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
AUTH_USER_MODEL = "agencies.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": ENV.database()}

# Mails go out from the worker, by way of the outbox.
globals().update(ENV.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    ENV.mail_from or f"noreply@{(ALLOWED_HOSTS or ['localhost'])[0]}"
)
# Files, so that the limits of the public forms hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]  # what Wagtail's own Chinese lacks
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FILES_ROOT = DATA / "files"  # private: never served by the web server
TREE_ROOT = DATA / "tree"  # public: nothing else is
MEDIA_ROOT = DATA / "unused-media"  # Wagtail's own uploads are closed
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if ENV.publish_in_background
        else "django_tasks.backends.immediate.ImmediateBackend",
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"

WAGTAIL_SITE_NAME = "信息公开工作台"
WAGTAILADMIN_BASE_URL = "http://localhost"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # phones home
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # phones home
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # terms run in China's time, whoever looks
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
# Without both, approval puts an edit made after the submission live, unread.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "gongkai.review.finish.finish_workflow"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "gongkai.text.backends"}}

SECURE_SSL_REDIRECT = False  # nginx does it
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames its own pages

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/desk/"],
    "DIRECTIVES": {
        "default-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [_SELF],
        "form-action": [_SELF],
        "frame-ancestors": [_SELF],
    },
}

# Largest body: five files of 20 MB and the form around them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
