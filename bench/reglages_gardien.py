"""The product's settings with django-guardian beside: for this comparison only."""

from maillage.projet import settings as produit

globals().update({nom: getattr(produit, nom) for nom in dir(produit) if nom.isupper()})

INSTALLED_APPS = [*produit.INSTALLED_APPS, "guardian"]
# No anonymous account: nothing is granted to nobody.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
AUTHENTICATION_BACKENDS = [*produit.AUTHENTICATION_BACKENDS, "guardian.backends.ObjectPermissionBackend"]
