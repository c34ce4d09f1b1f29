"""Settings of the tests: the real ones, with throw-away keys, folders and passwords."""

import os
import tempfile

os.environ.setdefault("GONGKAI_SECRET_KEY", "tests-only-" * 6)
os.environ.setdefault("GONGKAI_SEALING_KEY", "tests-only-sealing-" * 4)
os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ.setdefault("GONGKAI_HTTPS", "false")
os.environ.setdefault("GONGKAI_PUBLISH_IN_BACKGROUND", "false")
os.environ.setdefault("GONGKAI_DEMO", "true")

from gongkai.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "pufa.localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# A folder would be shared by parallel workers, and remember one test's sites in another.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
