"""The session engine: rows carry the account's id, so that sessions can be listed and revoked."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.db import SessionStore as SessionEnBase
from django.db import DatabaseError, transaction
from django.db.models import DateTimeField, Func, OuterRef
from django.utils import timezone

#: Session keys under which the sign-in service leaves what the row shows.
NAVIGATEUR = "navigateur"
#: "Last seen" is written at most once in this time: a page view must not cost a write.
PAS_DE_VUE = timedelta(minutes=5)


def _fonctions_du_compte() -> Any:
    """Codes of the functions the session's account exercises now."""
    from maillage.acteurs.models import FonctionExercee

    instant = Func(function="socle.maintenant", output_field=DateTimeField())
    return ArraySubquery(
        FonctionExercee.objects.en_vigueur(instant).filter(compte=OuterRef("compte")).values("code")
    )


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
        lignes = self.get_model_class().objects
        ligne = (
            lignes.filter(session_key=self.session_key, expire_date__gt=instant)
            .select_related("compte")
            .annotate(fonctions=_fonctions_du_compte())
            .first()
        )
        if ligne is None:
            self._session_key = None
            return {}
        if ligne.compte is not None:
            ligne.compte.poser_fonctions(ligne.fonctions)
        self.compte = ligne.compte
        if ligne.vue_le is None or ligne.vue_le < instant - PAS_DE_VUE:
            with suppress(DatabaseError), transaction.atomic():  # a full disk must not close what can be read
                lignes.filter(pk=ligne.pk).update(vue_le=instant)
        return self.decode(str(ligne.session_data))

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
