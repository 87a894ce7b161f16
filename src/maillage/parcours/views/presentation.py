"""From states and codes to what the pages show: words, a badge, steps, a history. No right decided here."""

from dataclasses import dataclass
from datetime import date

from maillage.droit.api import jour_en_lettres
from maillage.parcours.models import Participation
from maillage.parcours.rules.orientation import PAS_COMMENCEES, rappel_le
from maillage.parcours.selectors.orientations import OrientationVue, ParticipationVue
from maillage.parcours.states import LIBELLES, EtatParticipation
from maillage.strategie.api import liste

GENRES = {
    "proposee": "bientot",
    "acceptee": "bientot",
    "refusee_par_la_personne": "vide",
    "transmise": "bientot",
    "accusee": "encours",
    "declinee": "retard",
    "commencee": "encours",
    "terminee": "fait",
    "abandonnee": "vide",
    "retour": "fait",
}
ETAPES = ("Proposée", "Acceptée", "Transmise", "Reçue", "En cours", "Terminée", "Suite décidée")
RANGS = {
    "proposee": 1,
    "acceptee": 2,
    "refusee_par_la_personne": 1,
    "transmise": 3,
    "accusee": 4,
    "declinee": 3,
    "commencee": 5,
    "terminee": 6,
    "abandonnee": 6,
    "retour": 7,
}
PROCHAINS = {
    "proposee": "Demander son accord à la personne, et noter sa réponse.",
    "acceptee": "Choisir un lieu d’accueil et transmettre.",
    "refusee_par_la_personne": "Rien : la personne peut demander plus tard une autre proposition.",
    "transmise": "Attendre que le lieu d’accueil accuse réception.",
    "accusee": "Noter le premier jour.",
    "declinee": "Transmettre ailleurs, ou décider une autre suite.",
    "commencee": "Noter les présences ; à la fin, ce qu’elle a permis.",
    "terminee": "Décider la suite avec le groupe.",
    "abandonnee": "Décider la suite avec le groupe.",
    "retour": "Rien : la suite est décidée.",
}


@dataclass(frozen=True, slots=True)
class Pastille:
    """A badge: its colour's kind, its word, and what comes next in one sentence."""

    genre: str
    mot: str
    prochain: str


def en_retard(participation: Participation, jour: date) -> bool:
    """Whether the reception should have been acknowledged by now."""
    return participation.etat == EtatParticipation.TRANSMISE and participation.accuse_avant < jour


def suspendue(participation: Participation) -> bool:
    """Whether the body is asked to wait; once it is over, nothing waits any more."""
    return participation.suspendue_le is not None and participation.etat in PAS_COMMENCEES


def a_rappeler(participation: Participation, jour: date) -> bool:
    return participation.etat == EtatParticipation.TRANSMISE and rappel_le(participation.accuse_avant) <= jour


def pastille(vue: OrientationVue, jour: date) -> Pastille:
    """Where it stands; a reception that is late is said so."""
    derniere = vue.derniere
    if derniere is not None and suspendue(derniere.participation):
        depuis = jour_en_lettres(derniere.participation.suspendue_le or jour)
        return Pastille(
            "retard",
            f"Accord retiré le {depuis}",
            "Le lieu d’accueil ne commence pas. Notez un nouvel accord, ou l’arrêt avant le terme.",
        )
    if derniere is not None and vue.etat == "transmise" and en_retard(derniere.participation, jour):
        attendue = jour_en_lettres(derniere.participation.accuse_avant)
        return Pastille("retard", f"Réception attendue depuis le {attendue}", "Rappeler le lieu d’accueil.")
    return Pastille(GENRES[vue.etat], LIBELLES[vue.etat], PROCHAINS[vue.etat])


def etapes(vue: OrientationVue) -> dict[str, object]:
    """The steps, and how far it went."""
    return {
        "mots": list(ETAPES),
        "courante": RANGS[vue.etat],
        "arretee": vue.etat in {"abandonnee", "declinee"},
    }


@dataclass(frozen=True, slots=True)
class Fait:
    """A line of the history."""

    le: date
    titre: str
    texte: str = ""


def historique(vue: OrientationVue) -> tuple[Fait, ...]:
    """What happened, the newest first: dates and words of closed lists."""
    ligne = vue.orientation
    faits = [
        Fait(ligne.proposee_le, "Proposée", "Décidée en séance." if ligne.decidee_le else "Par le référent.")
    ]
    if ligne.reponse_le is not None:
        refusee = ligne.etat == "refusee_par_la_personne"
        faits.append(
            Fait(ligne.reponse_le, "Refusée par la personne" if refusee else "Acceptée par la personne")
        )
    for une in reversed(vue.participations):
        faits += _d_une_participation(une, vue)
    if ligne.retour_le is not None:
        suite = liste("suites_participation").item(ligne.suite).libelle
        faits.append(Fait(ligne.retour_le, "Suite décidée", f"{suite}."))
    faits.reverse()
    return tuple(sorted(faits, key=lambda fait: fait.le, reverse=True))


def _d_une_participation(vue: ParticipationVue, orientation: OrientationVue) -> list[Fait]:
    lue = vue.participation
    faits = [Fait(lue.transmise_le, "Transmise", f"{vue.organisme}.")]
    if lue.accusee_le is not None:
        faits.append(Fait(lue.accusee_le, "Réception accusée"))
    if lue.commencee_le is not None:
        faits.append(Fait(lue.commencee_le, "Premier jour"))
    libelles = (
        {phase.code: phase.libelle for phase in orientation.dispositif.phases}
        if orientation.dispositif
        else {}
    )
    faits += [Fait(p.depuis, "Nouvelle phase", f"{libelles.get(p.code, 'Phase')}.") for p in vue.phases]
    if lue.finie_le is not None:
        # « Suivi commencé » would say what the neutral words hide.
        texte = "" if orientation.masque else f"{fin_en_mots(lue)}."
        faits.append(Fait(lue.finie_le, LIBELLES[lue.etat], texte))
    return faits


def fin_en_mots(lue: Participation) -> str:
    """The result or the cause, in the words of its list."""
    if lue.resultat:
        return liste("resultats_participation").item(lue.resultat).libelle
    codes = "causes_refus_accueil" if lue.etat == EtatParticipation.DECLINEE else "causes_abandon"
    return liste(codes).item(lue.cause).libelle if lue.cause else ""


def fin_de(vue: OrientationVue) -> str:
    """What the last participation allowed, or why it stopped; nothing to who reads neutral words only."""
    if vue.masque or vue.derniere is None:
        return ""
    return fin_en_mots(vue.derniere.participation)
