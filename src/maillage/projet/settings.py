"""Django's settings, computed from the environment (see ``projet.configuration``)."""

from typing import Any

from csp.constants import NONE, SELF

from maillage.projet.bases import bases_de_donnees, coffre_de_cles
from maillage.projet.configuration import DEMONSTRATION, cle_de_demonstration, lire
from maillage.socle.postgres import dossier_donnees

CONFIGURATION = lire()
DONNEES = dossier_donnees()

CLE_MAITRESSE = CONFIGURATION.cle_maitre or str(DONNEES / "cles" / "maitre.cle")
CLE_JOURNAL = CONFIGURATION.cle_journal or str(DONNEES / "cles" / "journal.pem")
CLE_SAUVEGARDE = CONFIGURATION.cle_sauvegarde or str(DONNEES / "cles" / "sauvegarde.cle")

DEBUG = False
SECRET_KEY = (
    cle_de_demonstration(DONNEES) if CONFIGURATION.mode == DEMONSTRATION else CONFIGURATION.cle_secrete
)
#: Former keys: what they signed is still read, nothing is signed by them.
SECRET_KEY_FALLBACKS = list(CONFIGURATION.cles_anciennes)
ALLOWED_HOSTS = list(CONFIGURATION.hotes)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_cotton",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "maillage.interface",
    "maillage.socle",
    "maillage.territoires",
    "maillage.acteurs",
    "maillage.instances",
    "maillage.documents",
    "maillage.situations",
    "maillage.parcours",
    "maillage.maire",
    "maillage.droits",
    "maillage.pilotage",
    "maillage.consultation",
]

MIDDLEWARE = [
    "maillage.projet.journaux.JournalDesRequetes",
    "django.middleware.security.SecurityMiddleware",
    "maillage.projet.statiques.FichiersStatiques",
    # Below the static files, which come compressed. Django varies the length of what it compresses, the form
    # token is masked anew in each page and the session is not sent across sites: nothing to guess by length.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "maillage.acteurs.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "maillage.acteurs.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "maillage.acteurs.middleware.SaisieGardeeMiddleware",
    "maillage.acteurs.federation.FederationMiddleware",
    "maillage.socle.middleware.TransactionMiddleware",
    "maillage.acteurs.middleware.LecturesMiddleware",
]

ROOT_URLCONF = "maillage.projet.urls"
WSGI_APPLICATION = "maillage.projet.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "maillage.interface.templatetags.maillage"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.interface.affichage.contexte",
                "maillage.projet.contexte_pages.page",
            ],
        },
    }
]
# A component sees its attributes and the context processors, never the variables of the page around it.
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "maillage.interface.formulaires.Rendu"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATABASES = bases_de_donnees(CONFIGURATION, DONNEES)
#: Not one of Django's databases: nothing is migrated there, and no query of a page reaches it by mistake.
COFFRE_DE_CLES = coffre_de_cles(CONFIGURATION, DONNEES)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "acteurs.Compte"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "acteurs:connexion"
OTP_TOTP_ISSUER = "Maillage"
OIDC = CONFIGURATION.oidc
SESSION_ENGINE = "maillage.acteurs.sessions"
SESSION_COOKIE_NAME = "maillage_session"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "maillage_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "maillage.projet.erreurs.csrf"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if CONFIGURATION.https:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # The prefix is a promise the browser keeps: no other host, no plain page can write these two.
    SESSION_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = f"__Host-{CSRF_COOKIE_NAME}"
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The form that signs in or out leads on to the identity provider.
        "form-action": [SELF, *([CONFIGURATION.oidc.origine] if CONFIGURATION.oidc else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/statique/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "maillage.projet.statiques.Stockage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# Django leaves files out of that bound: the first of these counts them too.
FILE_UPLOAD_HANDLERS = [
    "maillage.projet.envois.TailleBornee",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LOGGING_CONFIG = None
