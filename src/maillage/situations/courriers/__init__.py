"""Letters of the room: the templates are beside this module, the data are computed here."""

from pathlib import Path
from typing import Any

from maillage.droit.api import jour_en_lettres
from maillage.situations.dossier import Dossier
from maillage.situations.identites import DonneesRepresentant
from maillage.socle.documents import pdf

LETTRE = Path(__file__).parent / "lettre_information.typ"
PERSONNE, REPRESENTANT = "personne", "representant"


def destinataires(dossier: Dossier) -> list[tuple[str, str]]:
    """Who must be informed: the person, and a legal representative where one is recorded."""
    choix = [(PERSONNE, dossier.identite.nom_complet)]
    if dossier.identite.representants:
        premier = dossier.identite.representants[0]
        choix.append((REPRESENTANT, f"{premier.prenom} {premier.nom}".strip()))
    return choix


def lettre_information(dossier: Dossier, destinataire: str) -> bytes:
    """The individual letter of RGPD articles 13 and 14, as an accessible PDF."""
    return pdf(LETTRE, donnees_de_la_lettre(dossier, destinataire))


def donnees_de_la_lettre(dossier: Dossier, destinataire: str) -> dict[str, Any]:
    """What the letter says: to the person in the second person, to the representative about the child."""
    identite = dossier.identite
    premier = identite.representants[0] if identite.representants else None
    au_representant = destinataire == REPRESENTANT and premier is not None
    qui = identite.nom_complet
    return {
        "titre": "Votre information sur un suivi de prévention"
        if not au_representant
        else f"Information sur le suivi de prévention de {qui}",
        "emetteur": dossier.ici.vu.conseil,
        "groupe": dossier.ici.vu.nom,
        "destinataire": qui if not au_representant else _nom(premier),
        "adresse": _adresse(premier.adresse if au_representant and premier else identite.donnees.adresse),
        "jour": jour_en_lettres(dossier.ici.jour),
        "appel": "Bonjour," if not au_representant else "Madame, Monsieur,",
        "parties": _parties(dossier, qui if au_representant else None),
        "pied": f"Lettre remise en main propre ou sous pli fermé. Suivi n° {dossier.situation.numero}.",
        "signature": f"Pour {dossier.ici.vu.conseil}, la coordination du groupe",
    }


def _nom(representant: DonneesRepresentant | None) -> str:
    return f"{representant.prenom} {representant.nom}".strip() if representant else ""


def _adresse(adresse: str) -> list[str]:
    return [adresse] if adresse else []


def _parties(dossier: Dossier, enfant: str | None) -> list[dict[str, Any]]:
    ouverte = jour_en_lettres(dossier.situation.ouverte_le)
    suivi = "vous propose un accompagnement" if enfant is None else f"propose un accompagnement à {enfant}"
    return [
        _partie(
            "De quoi s’agit-il",
            f"Le {ouverte}, un groupe de professionnels {suivi}. "
            "Ce n’est ni une sanction, ni une mesure de justice. L’accord de la personne est demandé ; "
            "un refus n’entraîne aucune conséquence.",
        ),
        _partie(
            "Ce qui est noté",
            "Seulement ce qui sert à agir :",
            "l’identité et les moyens de joindre la personne et ses représentants légaux ;",
            "l’existence d’un suivi et sa nature, sans son contenu ;",
            "les objectifs choisis ensemble et les dates de rencontre.",
        ),
        _partie(
            "Ce qui n’est jamais noté",
            "Ni la santé, ni l’histoire de la famille, ni l’origine, ni la religion, "
            "ni le détail d’une procédure. "
            "Aucune note, aucun classement, aucune prévision ne sont faits sur une personne.",
        ),
        _partie(
            "Qui lit ces informations",
            f"Les membres de ce groupe, des professionnels nommés (ils sont {len(dossier.lecteurs)}), "
            "qui ont signé une charte de confidentialité. "
            "Personne d’autre : ni un employeur, ni un autre groupe.",
        ),
        _partie("Combien de temps", *_durees(dossier)),
        _partie(
            "Vos droits",
            "Vous pouvez à tout moment, sans frais et sans vous justifier :",
            "demander à lire ce qui est noté, et en recevoir une copie dans le mois ;",
            "faire corriger une erreur, demander l’effacement ou la limitation ;",
            "vous opposer à ce suivi.",
            apres="Écrivez à la coordination du groupe ou au délégué à la protection des données. "
            "Vous pouvez aussi saisir la CNIL : 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.",
        ),
        _partie(
            "Les textes",
            "Code de la sécurité intérieure, article L. 132-5. "
            "Règlement général sur la protection des données, articles 12 à 22. "
            "Délibération CNIL n° 2014-262, prise comme référence.",
        ),
    ]


def _durees(dossier: Dossier) -> list[str]:
    mois = dossier.conservation.archive_mois
    lignes = [
        f"Le temps du suivi, revu par le groupe avant le {jour_en_lettres(dossier.conservation.revue_le)}."
    ]
    lignes.append(f"À la fin du suivi, une archive fermée pendant {mois} mois, puis tout est effacé.")
    if dossier.situation.expire_le is not None:
        lignes.append(
            f"Dans tous les cas, effacement au plus tard le {jour_en_lettres(dossier.situation.expire_le)}."
        )
    return ["", *lignes]


def _partie(titre: str, texte: str, *points: str, apres: str = "") -> dict[str, Any]:
    return {
        "titre": titre,
        "textes": [ligne for ligne in (texte,) if ligne],
        "points": list(points),
        "apres": apres,
    }
