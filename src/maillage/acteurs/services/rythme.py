"""The pace of an account: one row, updated in place; beyond the threshold, an alert and a proof to give."""

from typing import Final

from maillage.acteurs.models import Compte, Rythme
from maillage.acteurs.regles_sessions import COURT, JOUR, depassement
from maillage.acteurs.regles_sessions import Rythme as Lu
from maillage.socle.journal import DEPASSEMENT, journaliser
from maillage.socle.requetes import Requete
from maillage.socle.temps import aujourd_hui, maintenant

PREUVE_DEMANDEE: Final = (
    "Beaucoup de dossiers viennent d’être ouverts avec votre compte. Prouvez que c’est bien vous pour "
    "continuer. Le délégué à la protection des données en est informé."
)

#: The last statement of the page: two pages of one account wait for each other no longer than its end.
_AJOUTER: Final = Requete("""
INSERT INTO acteurs_rythme AS r (compte_id, court_depuis, court, jour_depuis, jour)
VALUES (%(compte)s, %(instant)s::timestamptz, %(nombre)s, %(instant)s::timestamptz, %(nombre)s)
ON CONFLICT (compte_id) DO UPDATE SET
  court = CASE WHEN r.court_depuis > %(court)s::timestamptz THEN r.court ELSE 0 END + %(nombre)s,
  court_depuis = CASE WHEN r.court_depuis > %(court)s::timestamptz
                 THEN r.court_depuis ELSE EXCLUDED.court_depuis END,
  jour = CASE WHEN r.jour_depuis > %(jour)s::timestamptz THEN r.jour ELSE 0 END + %(nombre)s,
  jour_depuis = CASE WHEN r.jour_depuis > %(jour)s::timestamptz
                THEN r.jour_depuis ELSE EXCLUDED.jour_depuis END
RETURNING court, jour""")

_CERCLES: Final = Requete("SELECT unnest(socle.mes_cercles())")


def noter(*, compte: Compte, nombre: int) -> None:
    """Count what a page of that account has opened; beyond the threshold, say it and ask for a proof.

    Both counts then start afresh: each further crossing asks again, whatever the session.
    """
    instant = maintenant()
    ligne = _AJOUTER.ligne(
        compte=compte.pk, nombre=nombre, instant=instant, court=instant - COURT, jour=instant - JOUR
    )
    assert ligne is not None
    trop = depassement(Lu(*ligne), aujourd_hui())
    if trop is None:
        return
    Rythme.objects.filter(pk=compte.pk).update(
        exigee_le=instant, court=0, court_depuis=instant, jour=0, jour_depuis=instant
    )
    # One entry a cercle this account reads: each council's register shows its own.
    for cercle in [ligne[0] for ligne in _CERCLES.lignes()] or [None]:
        details = {"nombre": trop.nombre, "minutes": trop.minutes}
        journaliser(DEPASSEMENT, objet=compte.public_id, cercle=cercle, details=details)
