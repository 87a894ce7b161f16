"""The file handed over for an access: what a person reads (PDF/UA) and the same as data, in one archive."""

import json
from datetime import date
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from maillage.documents.api import FORMATS, Bloc, Mention, Paragraphe, Tableau, Titre
from maillage.droits.documents import lettre
from maillage.droits.lieux import Lieu
from maillage.droits.models import DemandeDeDroit, FichierDeReponse, Reponse
from maillage.droits.scellement import ouvrir
from maillage.droits.selectors import demande_vue, reponses_de
from maillage.interface.typographie import date_longue

LISIBLE, DONNEES = "reponse.pdf", "donnees.json"
SANS_LECTURE: Final = "Personne n’a ouvert ce dossier dans la période que le journal garde."
COLONNES: Final = ("Ce qui est noté", "Valeur")
DES_LECTURES: Final = ("Le", "Ce qui a été fait", "Fonction", "Organisme")


def extraits(lue: DemandeDeDroit) -> list[dict[str, Any]]:
    """What the groupes joined, opened."""
    return [
        json.loads(ouvrir(Reponse, r.contenu, ligne=r.public_id))
        for r in reponses_de(lue)
        if r.contenu is not None
    ]


def archive(lue: DemandeDeDroit, ou: Lieu) -> bytes:
    """The archive of a request just answered. Deterministic: no clock but the request's."""
    joints = extraits(lue)
    lisible = FORMATS["pdf"].ecrire(lettre(demande_vue(lue.public_id), "reponse", suite=_suite(joints)))
    donnees = {
        "demande": lue.reference,
        "droit": lue.droit,
        "recue_le": lue.recue_le.isoformat(),
        "compose_le": ou.jour.isoformat(),
        "extraits": joints,
    }
    sortie = BytesIO()
    with ZipFile(sortie, "w", ZIP_DEFLATED) as fichier:
        for nom, contenu in (
            (LISIBLE, lisible),
            (DONNEES, json.dumps(donnees, ensure_ascii=False, indent=1).encode()),
        ):
            entree = ZipInfo(nom, (ou.jour.year, ou.jour.month, ou.jour.day, 0, 0, 0))
            entree.compress_type = ZIP_DEFLATED
            fichier.writestr(entree, contenu)
    return sortie.getvalue()


def contenu(fichier: FichierDeReponse) -> bytes:
    """The archive as it was composed."""
    return ouvrir(FichierDeReponse, fichier.contenu, ligne=fichier.public_id)


def _suite(joints: list[dict[str, Any]]) -> list[Bloc]:
    """Each extract as sections and tables a person can read."""
    blocs: list[Bloc] = []
    for extrait in joints:
        compose = date_longue(date.fromisoformat(extrait["compose_le"]))
        blocs += [Titre(str(extrait["groupe"])), Paragraphe(f"Extrait composé le {compose}.")]
        for partie in extrait["parties"]:
            lignes = tuple((str(libelle), str(valeur)) for libelle, valeur in partie["lignes"])
            blocs.append(Tableau(str(partie["titre"]), COLONNES, lignes))
        blocs += _lectures(extrait["consultations"])
    if not joints:
        blocs.append(Mention("Aucun groupe interrogé ne tient de dossier à votre nom."))
    return blocs


def _lectures(lues: list[dict[str, str]]) -> list[Bloc]:
    if not lues:
        return [Paragraphe(SANS_LECTURE)]
    lignes = tuple(
        (
            date_longue(date.fromisoformat(vue["le"])),
            vue["acte"],
            vue["fonction"],
            vue["organisme"] or "Non précisé",
        )
        for vue in lues
    )
    return [Tableau("Qui a ouvert votre dossier", DES_LECTURES, lignes)]
