"""Hearings on the agenda of the family council's own séance: what was recorded in each file is noted there.

The hearing itself is recorded in the file, with who presided and who came: the séance decides nothing of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse

from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.api import fuseau_du_cercle
from maillage.instances.points import (
    Decision,
    DecisionPrise,
    PointPropose,
    Presentation,
    SourceDePoints,
    enregistrer,
)
from maillage.interface.typographie import date_longue, heure
from maillage.maire.etats_familles import LIBELLES, EtatFamille
from maillage.maire.models import ConvocationFamille, DossierFamille
from maillage.maire.selectors.familles import un_dossier
from maillage.situations.api import exiger, lire_identites

ACTE: Final = "constatee"
A_NOTER: Final = Motif(
    "audition_a_noter",
    "Notez d’abord dans le dossier ce qu’il en est de l’audition : la séance en prend acte ensuite.",
    "Règle de l’application",
    Force.USAGE,
)


def proposer(cercle: int, le: date) -> Sequence[PointPropose]:
    """The families whose hearing falls on the day of the séance or before it, the nearest first."""
    attendues = (
        ConvocationFamille.objects.filter(cercle=cercle, issue="", dossier__etat=EtatFamille.CONVOQUE)
        .select_related("dossier")
        .order_by("audition_le", "pk")
    )
    lues = list(attendues)
    noms = lire_identites(convocation.dossier.identite_id for convocation in lues)
    proposes, lieu = [], fuseau_du_cercle(cercle)
    for convocation in lues:
        quand = convocation.audition_le.astimezone(lieu)
        if quand.date() > le:
            continue
        proposes.append(
            PointPropose(
                objet=convocation.dossier.public_id,
                titre=noms[convocation.dossier.identite_id].nom_complet,
                motif=f"Audition le {date_longue(quand)} à {heure(quand)}",
                echeance=quand.date(),
            )
        )
    return proposes


def presenter(cercle: int, objets: Sequence[UUID]) -> Mapping[UUID, Presentation]:
    """Only what the actor reads; a closed file shows its number."""
    lus = list(DossierFamille.objects.filter(cercle=cercle, public_id__in=list(objets)))
    noms = lire_identites(dossier.identite_id for dossier in lus if dossier.etat != EtatFamille.CLOS)
    return {
        dossier.public_id: Presentation(
            titre=noms[dossier.identite_id].nom_complet
            if dossier.identite_id in noms
            else f"Dossier n° {dossier.reference}",
            sous_titre=f"Audition d’une famille, dossier n° {dossier.reference}",
            url=reverse("familles:dossier", args=[dossier.public_id]),
            etat=LIBELLES[dossier.etat],
        )
        for dossier in lus
    }


def decisions(cercle: int, objet: UUID) -> Sequence[Decision]:
    """Nothing but a postponement while the file does not say what became of the hearing."""
    dossier = un_dossier(objet)
    if dossier.etat == EtatFamille.CONVOQUE:
        return []
    consequence = f"Le dossier dit : {LIBELLES[dossier.etat].lower()}. La séance n’y change rien."
    return [Decision(ACTE, "Prendre acte de ce qui est noté au dossier", consequence)]


def appliquer(prise: DecisionPrise) -> None:
    """The file already says it all; a hearing still to come is refused."""
    dossier = un_dossier(prise.objet)
    exiger(Verdict.selon([A_NOTER] if dossier.etat == EtatFamille.CONVOQUE else []), dossier)


AUDITIONS: Final = SourceDePoints(
    genre="audition_famille",
    libelle="Auditions de familles",
    proposer=proposer,
    presenter=presenter,
    decisions=decisions,
    appliquer=appliquer,
    libelles={ACTE: "Prendre acte de ce qui est noté au dossier"},
    formations=frozenset({"cddf", "cctp"}),
)


def enregistrer_les_auditions() -> None:
    """Offer them to the agenda of the family councils; called once, when the application starts."""
    enregistrer(AUDITIONS)
