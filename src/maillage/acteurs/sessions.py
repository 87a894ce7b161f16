"""The session engine: rows carry the account's id, so that sessions can be listed and revoked."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as SessionEnBase
from django.db import DatabaseError, transaction
from django.utils import timezone

from maillage.socle.requetes import Requete

#: Session keys under which the sign-in service leaves what the row shows.
NAVIGATEUR = "navigateur"
#: "Last seen" is written at most once in this time: a page view must not cost a write.
PAS_DE_VUE = timedelta(minutes=5)


def _colonnes() -> list[str]:
    from maillage.acteurs.models import Compte

    return [str(champ.column) for champ in Compte._meta.concrete_fields]


@cache
def _requete() -> Requete:
    """The session still open, its account, and the codes of the functions exercised now."""
    compte = ", ".join(f"c.{colonne}" for colonne in _colonnes())
    return Requete(f"""
        SELECT s.session_data, s.vue_le,
          ARRAY(SELECT f.code FROM acteurs_fonctionexercee f WHERE f.compte_id = c.id
                AND f.depuis <= socle.maintenant() AND (f.jusqua IS NULL OR f.jusqua > socle.maintenant())),
          {compte}
        FROM acteurs_session s LEFT JOIN acteurs_compte c ON c.id = s.compte_id
        WHERE s.session_key = %(cle)s AND s.expire_date > %(instant)s""")


class SessionStore(SessionEnBase):
    """Django's database store on ``acteurs.Session``.

    ``compte`` is the account the row opens, with its functions of now: read in the same query.
    """

    compte: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        from maillage.acteurs.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        """Read the session, and note now and then that it is alive."""
        instant = timezone.now()
        ligne = _requete().ligne(cle=self.session_key, instant=instant)
        if ligne is None:
            self._session_key = None
            return {}
        donnees, vue_le, fonctions, *valeurs = ligne
        self.compte = _compte(valeurs, fonctions)
        if vue_le is None or vue_le < instant - PAS_DE_VUE:
            lignes = self.get_model_class().objects.filter(session_key=self.session_key)
            with suppress(DatabaseError), transaction.atomic():  # a full disk must not close what can be read
                lignes.update(vue_le=instant)
        return self.decode(str(donnees))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """One row, with the account id copied out of the signed data."""
        ligne: Any = super().create_model_instance(data)
        instant = timezone.now()
        connue = (
            self.get_model_class()
            .objects.filter(session_key=ligne.session_key)
            .values_list("public_id", "ouverte_le")
            .first()
        )
        if connue:
            ligne.public_id, ligne.ouverte_le = connue
        ligne.compte_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        ligne.ouverte_le = ligne.ouverte_le or instant
        ligne.vue_le = instant
        ligne.navigateur = str(data.get(NAVIGATEUR, ""))[:60]
        return ligne


def _compte(valeurs: Sequence[Any], fonctions: Iterable[str]) -> Any:
    """The account of those columns, with its functions; None for a session without one."""
    from maillage.acteurs.models import Compte

    if valeurs[0] is None:
        return None
    compte = Compte.from_db("default", [champ.attname for champ in Compte._meta.concrete_fields], valeurs)
    compte.poser_fonctions(fonctions)
    return compte
