"""Number a file in its yearly register, say what became of it, correct it by another."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from maillage.instances.api import Cercle
from maillage.maire.lieux import Lieu
from maillage.maire.models import LigneDeRegistre, Rectification, Registre
from maillage.socle.journal import journaliser


def inscrire(ou: Lieu, registre: Registre, *, objet: UUID, nature: str, le: date) -> LigneDeRegistre:
    """The next line of the year. Called by a command, in its transaction: undone with it, so no gap.

    Two files recorded at once wait for each other on the cercle's row, which nobody deletes.
    """
    Cercle.objects.select_for_update(no_key=True).get(pk=ou.cercle)
    lignes = LigneDeRegistre.objects.filter(cercle=ou.cercle, registre=registre, annee=le.year)
    dernier = lignes.aggregate(dernier=Max("numero"))["dernier"] or 0
    return LigneDeRegistre.objects.create(
        cercle_id=ou.cercle,
        registre=registre,
        annee=le.year,
        numero=dernier + 1,
        objet=objet,
        inscrit_le=le,
        nature=nature,
    )


def conclure(ou: Lieu, registre: Registre, *, objet: UUID, issue: str, le: date) -> None:
    """What became of the file, by a code: the line of the register says it, the last word stands."""
    LigneDeRegistre.objects.filter(cercle=ou.cercle, registre=registre, objet=objet).update(
        issue=issue, issue_le=le
    )


def rectifier(
    ou: Lieu, registre: Registre, *, objet: UUID, par_objet: UUID | None, motif: str
) -> Rectification:
    """Say that an act was wrong and which one replaces it; the caller changes the state of the first."""
    faite = Rectification.objects.create(
        cercle_id=ou.cercle,
        registre=registre,
        objet=objet,
        par_objet=par_objet,
        motif=motif,
        le=ou.jour,
        par_id=ou.compte.pk,
    )
    journaliser("acte_rectifie", objet=objet, cercle=ou.cercle, details={"motif": motif})
    return faite
