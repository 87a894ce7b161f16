"""The session engine: rows carry the account's id, so that sessions can be listed and revoked."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as SessionEnBase
from django.db import DatabaseError, transaction
from django.utils import timezone

from maillage.acteurs.regles_sessions import PAS_DE_VUE, fin, reste
from maillage.socle.requetes import Requete

#: Session keys under which the sign-in service leaves what the row shows.
NAVIGATEUR = "navigateur"


def absolue() -> timedelta:
    """How long a session lives at most, however busy."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _colonnes() -> list[str]:
    from maillage.acteurs.models import Compte

    return [str(champ.column) for champ in Compte._meta.concrete_fields]


@cache
def _requete() -> Requete:
    """The session still open, its account, and the codes of the functions exercised now."""
    compte = ", ".join(f"c.{colonne}" for colonne in _colonnes())
    return Requete(f"""
        SELECT s.session_data, s.vue_le, s.ouverte_le, r.exigee_le,
          ARRAY(SELECT f.code FROM acteurs_fonctionexercee f WHERE f.compte_id = c.id
                AND f.depuis <= socle.maintenant() AND (f.jusqua IS NULL OR f.jusqua > socle.maintenant())),
          {compte}
        FROM acteurs_session s LEFT JOIN acteurs_compte c ON c.id = s.compte_id
          LEFT JOIN acteurs_rythme r ON r.compte_id = c.id
        WHERE s.session_key = %(cle)s AND s.expire_date > %(instant)s""")


class SessionStore(SessionEnBase):
    """Django's database store on ``acteurs.Session``.

    ``compte`` is the account the row opens, with its functions of now: read in the same query.
    ``ouverte_le``: when it was opened. ``exigee_le``: when the account came to owe a proof for its reads.
    """

    compte: Any = None
    ouverte_le: datetime | None = None
    exigee_le: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        from maillage.acteurs.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        """Read the session, and note now and then that it is alive: that is what puts its end off."""
        instant = timezone.now()
        ligne = _requete().ligne(cle=self.session_key, instant=instant)
        if ligne is None:
            self._session_key = None
            return {}
        donnees, vue_le, self.ouverte_le, self.exigee_le, fonctions, *valeurs = ligne
        self.compte = _compte(valeurs, fonctions)
        if vue_le is None or vue_le < instant - PAS_DE_VUE:
            lignes = self.get_model_class().objects.filter(session_key=self.session_key)
            ouverte_le = self.ouverte_le or instant
            with suppress(DatabaseError), transaction.atomic():  # a full disk must not close what can be read
                lignes.update(
                    vue_le=instant, expire_date=fin(ouverte_le=ouverte_le, vue_le=instant, absolue=absolue())
                )
        return self.decode(str(donnees))

    def secondes_restantes(self) -> int:
        """How long this session will still last without any other action; 0 for nobody's."""
        if self.compte is None or self.ouverte_le is None:
            return 0
        duree = reste(ouverte_le=self.ouverte_le, instant=timezone.now(), absolue=absolue())
        return int(duree.total_seconds())

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
        ligne.expire_date = fin(ouverte_le=ligne.ouverte_le, vue_le=instant, absolue=absolue())
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
