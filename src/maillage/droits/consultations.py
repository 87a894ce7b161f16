"""Who opened a file, from the journal: dates, functions and bodies; never the name of an agent by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from maillage.acteurs.api import Compte, lire_avec_noms
from maillage.instances.api import fuseau_du_cercle

#: What the journal's words mean to the person.
MOTS = {
    "lecture_situation": "A ouvert le dossier",
    "lecture_signalement": "A ouvert le signalement",
    "archive_consultee": "A ouvert l’archive, pour un motif",
    "document_compose": "A composé un document",
    "lettre_information": "A composé la lettre d’information",
    "droit_extrait": "A composé l’extrait joint à une demande",
}
SENSIBLE = "Un organisme membre du groupe"


@dataclass(frozen=True, slots=True)
class Consultation:
    """One opening: the day, what was done, by whom in function and body."""

    le: date
    acte: str
    fonction: str
    organisme: str


def consultations(cercle: int, objets: Iterable[UUID]) -> list[Consultation]:
    """Openings of these objects of a cercle the actor reads, the last first.

    Read through one function of the database, which gives nothing of a cercle the actor does not read.
    """
    cles = [str(objet) for objet in objets]
    if not cles:
        return []
    with connection.cursor() as curseur:
        curseur.execute("SELECT le, evenement, acteur FROM socle.consultations(%s, %s)", [cercle, cles])
        lignes = curseur.fetchall()
    ici = fuseau_du_cercle(cercle)
    comptes = {compte.pk: compte for compte in _comptes({acteur for *_, acteur in lignes})}
    vues = []
    for instant, evenement, acteur in lignes:
        compte = comptes.get(acteur)
        vues.append(
            Consultation(
                le=instant.astimezone(ici).date(),
                acte=MOTS.get(evenement, "A ouvert une page du dossier"),
                fonction=compte.titre
                if compte is not None and not _sensible(compte)
                else "Professionnel habilité",
                organisme=_organisme(compte),
            )
        )
    return vues


def _comptes(cles: set[int]) -> list[Compte]:
    lignes = Compte.objects.filter(pk__in=cles).select_related("organisme")
    return lire_avec_noms(lignes, "organisme")


def _sensible(compte: Compte) -> bool:
    return compte.organisme is not None and compte.organisme.sensible


def _organisme(compte: Compte | None) -> str:
    if compte is None or compte.organisme is None:
        return ""
    return SENSIBLE if compte.organisme.sensible else compte.organisme.nom_actuel
