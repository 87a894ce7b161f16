"""Settings of the test suite: the product's own, on a server and a folder made for the run."""

import os
import tempfile

# The controller makes the folder; the workers inherit it through the environment. It can be
# traversed: started by root, the server runs under an account without privilege.
if "MAILLAGE_ESSAIS" not in os.environ:
    os.environ["MAILLAGE_ESSAIS"] = tempfile.mkdtemp(prefix="maillage-essais-")
    os.chmod(os.environ["MAILLAGE_ESSAIS"], 0o711)
os.environ["MAILLAGE_DONNEES"] = os.environ["MAILLAGE_ESSAIS"]
os.environ["MAILLAGE_MODE"] = "essais"
os.environ.pop("DATABASE_URL", None)

from maillage.projet import settings as produit  # the environment must be set before this import

globals().update({nom: getattr(produit, nom) for nom in dir(produit) if nom.isupper()})

# Argon2 is slow on purpose; the suite signs in hundreds of times and judges something else.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
