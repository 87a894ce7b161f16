"""What the page of a rappel offers next, and its history in words. No right is decided here."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from maillage.maire.documents_rappel import (
    lieu_des_faits,
    mot,
)
from maillage.maire.etats_rappel import AVANT_L_ACTE, FINIS, EtatRappel
from maillage.maire.selectors.rappel import RappelVu, remplace_par
from maillage.maire.views.histoire_rappel import histoire


@dataclass(frozen=True, slots=True)
class Pas:
    """A step the file may take: words, address, icon."""

    libelle: str
    url: str
    icone: str


#: state -> the steps forward, the first one being what is expected.
SUITE: Final = {
    EtatRappel.RECU: ("consulter", "convoquer"),
    EtatRappel.CONSULTE: ("repondre", "convoquer"),
    EtatRappel.CONVOQUE: ("audition",),
    EtatRappel.REPORTE: ("convoquer",),
    EtatRappel.CARENCE: ("convoquer",),
    EtatRappel.ENTENDU: ("prononcer",),
    EtatRappel.PRONONCE: ("consigner",),
    EtatRappel.CONSIGNE: ("suite",),
    EtatRappel.ARRETE: ("transmettre", "reprendre"),
}
MOTS: Final = {
    "enoncer": ("Noter un énoncé", "info"),
    "representant": ("Ajouter un représentant", "personne"),
    "consulter": ("Consulter le parquet", "courrier"),
    "repondre": ("Noter la réponse du parquet", "lu"),
    "convoquer": ("Convoquer", "calendrier"),
    "audition": ("Noter l’audition", "seance"),
    "prononcer": ("Noter le rappel à l’ordre", "marque"),
    "consigner": ("Écrire le compte rendu", "document"),
    "suite": ("Dire la suite", "suite"),
    "transmettre": ("Transmettre au parquet", "sortir"),
    "reprendre": ("Reprendre le dossier", "retour"),
    "clore": ("Clore sans rappel", "archive"),
    "ecarter": ("Écarter une raison", "verrou"),
    "corriger": ("Rectifier par un nouveau dossier", "modifier"),
    "retirer": ("Retirer ce dossier", "effacer"),
}


def pas(vu: RappelVu, *, maire: bool) -> tuple[list[Pas], list[Pas]]:
    """The steps forward, then the other acts. ``maire``: the actor may set a doctrine aside."""
    etat = EtatRappel(vu.rappel.etat)
    if not vu.ou.prepare or etat is EtatRappel.RECTIFIE:
        return [], []
    suite = [code for code in SUITE.get(etat, ()) if _utile(code, vu)]
    if etat is EtatRappel.RECU and not vu.enonces:
        suite.insert(0, "enoncer")
    autres = []
    if etat in AVANT_L_ACTE:
        autres += ["enoncer", "representant"]
        autres += [] if "transmettre" in suite else ["transmettre"]
        autres += ["clore"]
    if etat in (EtatRappel.CONSIGNE, EtatRappel.CLOS) and vu.compte_rendu:
        autres.append("consigner")
    if maire and _levables(vu):
        autres.append("ecarter")
    autres += ["corriger", "retirer"]
    return [_pas(code, vu) for code in suite], [_pas(code, vu) for code in autres if code not in suite]


def _utile(code: str, vu: RappelVu) -> bool:
    if code == "consulter":
        return vu.consultation is None
    if code == "repondre":
        return vu.consultation is not None and not vu.consultation.reponse
    if code == "convoquer":
        return vu.porte.ok and vu.parquet.ok and bool(vu.enonces)
    if code == "reprendre":
        return vu.porte.ok
    return True


def _levables(vu: RappelVu) -> bool:
    return any(motif.levee_possible for motif in (*vu.porte.motifs, *vu.parquet.motifs)) and (
        vu.rappel.etat in AVANT_L_ACTE
    )


def _pas(code: str, vu: RappelVu) -> Pas:
    libelle, icone = MOTS[code]
    if code == "consigner" and vu.compte_rendu:
        libelle = "Corriger le compte rendu"
    return Pas(libelle, reverse(f"rappels:{code}", args=[vu.rappel.public_id]), icone)


PAPIERS: Final = (
    ("consultation", "Lettre de consultation du parquet"),
    ("convocation", "Lettre de convocation"),
    ("compte-rendu", "Compte rendu"),
    ("transmission", "Lettre de transmission au parquet"),
)


def papiers(vu: RappelVu) -> list[tuple[str, str]]:
    """The papers the file has come to."""
    parquet = vu.suite is not None and vu.suite.suite == "parquet"
    prets = {
        "consultation": vu.consultation is not None,
        "convocation": vu.convocation is not None,
        "compte-rendu": vu.compte_rendu is not None,
        "transmission": vu.rappel.etat in (EtatRappel.ARRETE, EtatRappel.TRANSMIS) or parquet,
    }
    return [(code, libelle) for code, libelle in PAPIERS if prets[code]]


def contexte(vu: RappelVu, *, maire: bool) -> dict[str, Any]:
    """Everything the page shows."""
    suite, autres = pas(vu, maire=maire)
    rappel = vu.rappel
    return {
        "vu": vu,
        "rappel": rappel,
        "identite": vu.identite,
        "suite": suite,
        "autres": autres,
        "papiers": papiers(vu),
        "histoire": histoire(vu),
        "faits": mot("faits_rappel", rappel.faits),
        "qualification": mot("qualifications_rappel", rappel.qualification),
        "origine": mot("origines_rappel", rappel.origine),
        "lieu_des_faits": lieu_des_faits(vu),
        "opposants": () if rappel.etat in FINIS else (*vu.porte.motifs, *vu.parquet.motifs),
        "genre_etat": genre_etat(rappel.etat),
        "representants": [
            (representant, mot("liens_representant", representant.lien))
            for representant in vu.identite.representants
        ],
        "remplacant": remplace_par(vu.rectification),
    }


def genre_etat(etat: str) -> str:
    """The look of a state."""
    if etat in (EtatRappel.CLOS, EtatRappel.TRANSMIS):
        return "fait"
    if etat in (EtatRappel.SANS_ACTE, EtatRappel.RECTIFIE):
        return "vide"
    return "retard" if etat == EtatRappel.ARRETE else "encours"
