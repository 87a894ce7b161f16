"""How to reach a database: a frozen value that prints without its password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from psycopg.conninfo import make_conninfo

BASE = "maillage"
#: The store of data keys: a database apart, copied and kept apart.
BASE_DES_CLES = f"{BASE}_cles"


@dataclass(frozen=True)
class ParametresConnexion:
    """Everything libpq needs; ``options`` are extra libpq keywords (sslmode, connect_timeout…)."""

    hote: str
    port: int
    role: str
    base: str
    mot_de_passe: str = field(repr=False, default="")
    options: Mapping[str, str] = field(default_factory=dict)

    def libpq(self) -> dict[str, str]:
        """Keyword arguments of ``psycopg.connect``."""
        valeurs = {
            "host": self.hote,
            "port": str(self.port),
            "user": self.role,
            "dbname": self.base,
            "password": self.mot_de_passe,
        }
        return {**{cle: valeur for cle, valeur in valeurs.items() if valeur}, **self.options}

    def adresse(self) -> str:
        """The same as one libpq connection string; it holds the password, do not show it."""
        return make_conninfo("", **self.libpq())

    def django(self) -> dict[str, object]:
        """Entries of one item of Django's DATABASES (without ENGINE).

        Prepared statements, which Django forbids by default, are allowed: ``socle.requetes`` alone uses them.
        """
        return {
            "HOST": self.hote,
            "PORT": str(self.port),
            "USER": self.role,
            "NAME": self.base,
            "PASSWORD": self.mot_de_passe,
            "OPTIONS": {**self.options, "prepare_threshold": 0},
        }
