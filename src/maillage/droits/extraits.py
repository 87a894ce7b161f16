"""What a cercle holds about one person, for the answer to that person: composed, third parties masked.

Composed by whoever holds the files, in their own cercle. Names of agents, of the author of a report and of
relatives are left out; a text in which the guard sees somebody else is not handed over unread.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import ForeignKey, Model, QuerySet

from maillage.droits.consultations import consultations
from maillage.droits.lieux import Lieu
from maillage.droits.selectors import Candidat
from maillage.interface.typographie import date_longue
from maillage.maire.api import dossiers_de_la_personne
from maillage.parcours.api import NOMINATIVES as DU_PARCOURS
from maillage.parcours.api import AccueilVu
from maillage.situations.api import (
    Dossier,
    Situation,
    dossiers_de,
    examiner,
    lire_dossier,
    ouvrir_recits,
    ouvrir_recits_parmi,
    recit_de,
)
from maillage.strategie.api import codes_listes, liste

MASQUE: Final = "Passage non remis : il pourrait nommer une autre personne."
#: Columns that say nothing to the person, or that name an agent or another row.
TUS: Final = frozenset(
    {"id", "public_id", "version", "fil", "saisi_le", "expire_le", "ouverte_en_seance", "scelle"}
)
Ligne = tuple[str, str]


def composer(ou: Lieu, trouve: Candidat) -> dict[str, Any]:
    """The extract as data: sections of (label, value), and who opened the files."""
    identite = trouve.identite
    parties = [{"titre": "Identité", "lignes": _identite(trouve)}]
    objets: list[UUID] = [identite.public_id]
    if trouve.accueil is not None:
        objets.append(trouve.accueil.participation.public_id)
        parties += _accueil(trouve.accueil)
        return _extrait(ou, parties, objets)
    situations, signalements = dossiers_de(identite.cle) if ou.vu.genre == "groupe" else ([], [])
    for situation in situations:
        objets.append(situation.public_id)
        parties += _situation(lire_dossier(situation.public_id, evenement="droit_extrait"))
        parties += _parcours(situation, identite.public_id)
    for signalement in ouvrir_recits(signalements, identite.public_id):
        objets.append(signalement.public_id)
        parties.append({"titre": "Signalement", "lignes": _signalement(signalement)})
    for dossier, pieces in dossiers_de_la_personne(ou.cercle, identite.cle):
        objets.append(dossier.public_id)
        titre = f"{_nom_de(dossier)} n° {dossier.reference}"
        parties.append({"titre": titre, "lignes": _generique(dossier)})
        parties += [
            {"titre": f"{titre}, {_nom_de(piece).lower()}", "lignes": _generique(piece)}
            for piece in ouvrir_recits_parmi(pieces, identite.public_id)
        ]
    return _extrait(ou, parties, objets)


def _extrait(ou: Lieu, parties: list[dict[str, Any]], objets: list[UUID]) -> dict[str, Any]:
    return {
        "groupe": ou.vu.formation,
        "conseil": ou.vu.conseil,
        "compose_le": ou.jour.isoformat(),
        "parties": [partie for partie in parties if partie["lignes"]],
        "consultations": [
            {"le": vue.le.isoformat(), "acte": vue.acte, "fonction": vue.fonction, "organisme": vue.organisme}
            for vue in consultations(ou.cercle, objets)
        ],
    }


def sans_tiers(texte: str) -> str:
    """The text, unless the guard sees in it somebody or something that is not to be handed over."""
    return MASQUE if texte and examiner(texte) else texte


def _dites(lignes: Iterable[tuple[str, Any]]) -> list[Ligne]:
    return [(libelle, _valeur(valeur)) for libelle, valeur in lignes if valeur not in (None, "", [])]


def _identite(trouve: Candidat) -> list[Ligne]:
    lue = trouve.identite.donnees
    return _dites(
        [
            ("Nom", lue.nom),
            ("Prénom", lue.prenom),
            ("Sexe", {"F": "Féminin", "M": "Masculin"}.get(lue.sexe, "")),
            ("Date de naissance", lue.naissance),
            ("Date de naissance estimée", "oui" if lue.naissance_estimee else ""),
            ("Adresse", lue.adresse),
            ("Téléphone", lue.telephone),
            ("Courriel", lue.courriel),
            ("Représentants légaux enregistrés", str(len(trouve.identite.representants) or "")),
        ]
    )


def _situation(lu: Dossier) -> list[dict[str, Any]]:
    suivi = lu.situation
    titre = f"Suivi n° {suivi.numero}"
    generale = _dites(
        [
            ("Ouvert le", suivi.ouverte_le),
            ("État", "Clos" if lu.close else "En cours"),
            ("Clos le", suivi.close_le),
            ("Revue prévue le", suivi.revue_le if not lu.close else None),
            ("Effacé le", suivi.expire_le),
            ("Référent de parcours", "désigné" if lu.referent else ""),
        ]
    )
    elements = [(e.libelle, f"{sans_tiers(e.precision)} ({date_longue(e.le)})".strip()) for e in lu.elements]
    objectifs = [
        (sans_tiers(o.libelle), f"{_mot(o.etat)}, pour le {date_longue(o.echeance)}") for o in lu.objectifs
    ]
    lettres = [(f"Remise le {date_longue(lettre.remise_le)}", _mot(lettre.moyen)) for lettre in lu.lettres]
    contacts = [
        (
            date_longue(c.le),
            f"{_mot_de('contacts', c.moyen)}, {c.duree_min} minutes. "
            f"Suite : {_mot_de('suites_contact', c.suite).lower()}",
        )
        for c in lu.contacts
    ]
    bilans = [(f"Du {date_longue(b.le)}", sans_tiers(b.texte)) for b in lu.bilans]
    return [
        {"titre": titre, "lignes": generale},
        {"titre": f"{titre}, éléments partagés", "lignes": elements},
        {"titre": f"{titre}, objectifs", "lignes": objectifs},
        {"titre": f"{titre}, lettres d’information", "lignes": lettres},
        {"titre": f"{titre}, contacts", "lignes": contacts},
        {"titre": f"{titre}, bilans", "lignes": bilans},
    ]


def _signalement(lu: Any) -> list[Ligne]:
    return _dites(
        [
            ("Reçu le", lu.recu_le),
            ("Motif", _mot_de("motifs_signalement", lu.motif)),
            ("Origine", _mot_de("origines_signalement", lu.origine)),
            ("Texte", sans_tiers(lu.texte)),
            ("Décidé le", lu.decision_le),
            ("Effacé le", lu.expire_le),
        ]
    )


def _parcours(situation: Situation, personne: UUID) -> list[dict[str, Any]]:
    """What was proposed, as the rows of this cercle hold it."""
    parties = []
    for modele in DU_PARCOURS:
        if not any(champ.name == "situation" for champ in modele._meta.concrete_fields):
            continue
        toutes: QuerySet[Any] = modele._default_manager.all()
        lignes = toutes.filter(situation=situation, cercle=situation.cercle_id)
        parties += [
            {"titre": f"Suivi n° {situation.numero}, {_nom_de(ligne).lower()}", "lignes": _generique(ligne)}
            for ligne in ouvrir_recits_parmi(lignes.order_by("pk"), personne)
        ]
    return parties


def _accueil(vu: AccueilVu) -> list[dict[str, Any]]:
    """What a body reads of someone it receives: what it was told, the participation, the days."""
    jours = [
        (date_longue(presence.le), f"{_mot(presence.etat)}, {presence.heures:f} h")
        for presence in sorted(vu.presences, key=lambda presence: presence.le)
    ]
    recu = _dites([("Accueil", vu.accueil.intitule), ("Téléphone", vu.accueil.telephone)])
    recu += _generique(vu.participation)
    return [{"titre": "Accueil", "lignes": recu}, {"titre": "Accueil, jours", "lignes": jours}]


def _nom_de(ligne: Model) -> str:
    return str(ligne._meta.verbose_name).capitalize()


def _generique(ligne: Model) -> list[Ligne]:
    """Every column of a row that says something of the person, with the words of its codes."""
    colonnes = [
        (str(champ.verbose_name).capitalize(), getattr(ligne, champ.name))
        for champ in ligne._meta.concrete_fields
        if champ.name not in TUS and not isinstance(champ, ForeignKey)
    ]
    return _dites([*colonnes, ("Précision", recit_de(ligne))])


def _valeur(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime):
        return date_longue(valeur.date())
    if isinstance(valeur, date):
        return date_longue(valeur)
    if isinstance(valeur, list | tuple):
        return ", ".join(_valeur(un) for un in valeur)
    if isinstance(valeur, str):
        return _mot(sans_tiers(valeur) if " " in valeur else valeur)
    return str(valeur)


def _mot_de(code_de_liste: str, code: str) -> str:
    return liste(code_de_liste).item(code).libelle if code in liste(code_de_liste) else code


@cache
def _mots() -> dict[str, str]:
    """Codes that mean one thing only, whatever the list; an ambiguous code keeps its own word."""
    connus: dict[str, set[str]] = {}
    for code_de_liste in codes_listes():
        for item in liste(code_de_liste):
            connus.setdefault(item.code, set()).add(item.libelle)
    return {code: mots.copy().pop() for code, mots in connus.items() if len(mots) == 1}


def _mot(code: str) -> str:
    return _mots().get(code, code)
