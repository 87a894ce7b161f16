"""Words for what waits in the files: signalements, reviews, letters, contacts, objectives, bilans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.urls import reverse

from maillage.interface.typographie import accord, date_longue
from maillage.pilotage.journee.taches import Tache
from maillage.situations.api import Echeance
from maillage.strategie.api import liste


def _fiche(route: str, echeance: Echeance) -> str:
    return reverse(f"situations:{route}", args=[echeance.objet])


def _signalement(e: Echeance) -> Tache:
    inscrit = e.detail == "inscrit"
    suite = "Inscrit à une séance." if inscrit else "Aucune séance ne l’examine encore."
    return Tache(
        e.le,
        f"{'Examiner' if inscrit else 'Inscrire à une séance'} le signalement de {e.qui}",
        f"{e.groupe}. {suite} Sans décision, il sera effacé le {date_longue(e.le)}.",
        _fiche("signalement", e),
    )


def _revue(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Revue attendue le {date_longue(e.le)} ; sans elle, la clôture sera proposée."
    return Tache(
        e.le, f"Revoir la situation de {e.qui}", pourquoi, _fiche("situation", e), "Préparer la revue"
    )


def _lettre(e: Echeance) -> Tache:
    a_qui = "au représentant légal de" if e.detail == "representant" else "à"
    return Tache(
        e.le,
        f"Remettre la lettre d’information {a_qui} {e.qui}",
        f"{e.groupe}. Un mois au plus après l’ouverture (RGPD, art. 14).",
        _fiche("lettre", e),
        "Noter la remise",
    )


def _effacements(dues: Iterable[Echeance], jour: date) -> list[Tache]:
    """Erasures by groupe, kind and day: one line each, with a name only when there is one file."""
    groupes: dict[tuple[str, str, str, date], list[Echeance]] = {}
    for due in dues:
        if due.genre in EFFACEMENTS:
            groupes.setdefault((due.groupe, due.genre, due.detail, max(due.le, jour)), []).append(due)
    return [_effacement(genre, detail, le, efface) for (_, genre, detail, le), efface in groupes.items()]


def _effacement(genre: str, detail: str, le: date, dues: list[Echeance]) -> Tache:
    route, singulier, pluriel, liste_route = EFFACEMENTS[genre]
    seul = dues[0] if len(dues) == 1 else None
    quoi = f"{singulier} de {seul.qui}" if seul else accord(len(dues), f"{singulier},{pluriel}")
    raison = {"close": "L’archive prend fin", "ouverte": "La limite d’âge est atteinte"}.get(
        detail, "Le groupe ne l’a pas retenu" if seul else "Le groupe ne les a pas retenus"
    )
    return Tache(
        le,
        f"Effacement {'du' if seul else 'de'} {quoi}",
        f"{dues[0].groupe}. {raison}. Il se fera seul, rien à faire.",
        _fiche(route, seul) if seul else reverse(f"situations:{liste_route}"),
        "Vérifier",
        automatique=True,
    )


#: kind -> page of one, its words in the singular and in the plural, page of all.
EFFACEMENTS: Mapping[str, tuple[str, str, str, str]] = {
    "effacement": ("situation", "dossier", "dossiers", "liste"),
    "effacement_signalement": ("signalement", "signalement", "signalements", "signalements"),
}


def _contact(e: Echeance) -> Tache:
    dernier = date_longue(date.fromisoformat(e.detail))
    pourquoi = f"{e.groupe}. Rien n’est noté depuis le {dernier}."
    return Tache(e.le, f"Prendre contact avec {e.qui}", pourquoi, _fiche("contact", e), "Noter un contact")


def _objectif(e: Echeance) -> Tache:
    domaine = next((i.libelle for i in liste("domaines_objectif") if i.code == e.detail), e.detail)
    return Tache(
        e.le,
        f"Faire le point sur un objectif de {e.qui}",
        f"{e.groupe}. Domaine : {domaine}. Échéance le {date_longue(e.le)}.",
        _fiche("situation", e),
    )


def _bilan(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Le groupe revoit la situation le {date_longue(e.le)} (fiche 4)."
    return Tache(e.le, f"Écrire le bilan pour {e.qui}", pourquoi, _fiche("bilan", e), "Écrire le bilan")


def _relais(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Son référent n’est plus membre du groupe : il ne lit plus rien d’ici (fiche 4)."
    return Tache(e.le, f"Désigner un référent pour {e.qui}", pourquoi, _fiche("referent", e), "Désigner")


def _contreseing(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Écrit le {date_longue(e.le)} ; il attend un membre du travail social (fiche 4)."
    return Tache(e.le, f"Contresigner le bilan de {e.qui}", pourquoi, _fiche("situation", e), "Relire")


def _nouveau_signalement(e: Echeance) -> Tache:
    motif = next((i.libelle for i in liste("motifs_signalement") if i.code == e.detail), e.detail)
    return Tache(
        e.le, f"Signalement pour {e.qui}", f"{e.groupe}. {motif}.", _fiche("signalement", e), nouveau=True
    )


def _nouvelle_situation(e: Echeance) -> Tache:
    return Tache(
        e.le,
        f"Situation ouverte pour {e.qui}",
        f"{e.groupe}. Décision collective.",
        _fiche("situation", e),
        nouveau=True,
    )


def _plan(echeance: Echeance) -> str:
    return reverse("sortie:plan", args=[echeance.objet])


def _domaine_de_sortie(code: str) -> str:
    """The word of a domain of an exit plan; one hidden from the reader came without it."""
    return next((i.libelle for i in liste("domaines_objectif") if i.code == code), "Accompagnement")


def _sans_relais(e: Echeance) -> Tache:
    domaine, jours, du = e.detail.split(":")
    combien = f"{accord(int(jours), 'jour,jours')} sans relais" if jours else "aucun relais daté"
    return Tache(
        e.le,
        f"Trouver un relais pour {e.qui} : {_domaine_de_sortie(domaine).lower()}",
        f"{e.groupe}. {combien.capitalize()} à partir du {date_longue(date.fromisoformat(du))} (fiche 10).",
        _plan(e),
        "Ouvrir le plan",
    )


def _relais_a_confirmer(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Prévu le {date_longue(e.le)} : dites s’il a commencé."
    titre = f"Confirmer un relais de {e.qui} : {_domaine_de_sortie(e.detail).lower()}"
    return Tache(e.le, titre, pourquoi, _plan(e), "Ouvrir le plan")


def _fin_de_mesure(e: Echeance) -> Tache:
    pourquoi = f"{e.groupe}. Dernier jour de la mesure : {date_longue(e.le)} (fiche 10)."
    return Tache(e.le, f"Préparer la sortie de {e.qui}", pourquoi, _plan(e), "Ouvrir le plan")


def _orientation(titre: str, pourquoi: Callable[[Echeance], str], bouton: str) -> Callable[[Echeance], Tache]:
    """What waits on an orientation, led to its page."""

    def dire(e: Echeance) -> Tache:
        adresse = reverse("orientations:orientation", args=[e.objet])
        return Tache(e.le, titre.format(qui=e.qui), f"{e.groupe}. {pourquoi(e)}", adresse, bouton)

    return dire


def _accuse(e: Echeance) -> str:
    if e.detail == "retard":
        return f"Le lieu d’accueil devait accuser réception le {date_longue(e.le)} : c’est en retard."
    return f"Sans réponse, la réception sera en retard après le {date_longue(date.fromisoformat(e.detail))}."


MOTS: Mapping[str, Callable[[Echeance], Tache]] = {
    "signalement": _signalement,
    "revue": _revue,
    "relais": _relais,
    "lettre": _lettre,
    "contact": _contact,
    "objectif": _objectif,
    "bilan": _bilan,
    "contreseing": _contreseing,
    "sans_relais": _sans_relais,
    "relais_a_confirmer": _relais_a_confirmer,
    "fin_de_mesure": _fin_de_mesure,
    "parcours_reponse": _orientation(
        "Demander sa réponse à {qui}", lambda _: "Une orientation lui a été proposée.", "Noter la réponse"
    ),
    "parcours_accuse": _orientation("Rappeler le lieu d’accueil de {qui}", _accuse, "Voir l’orientation"),
    "parcours_suite": _orientation(
        "Décider la suite pour {qui}", lambda _: "Sa participation est finie.", "Décider la suite"
    ),
    "parcours_fin_mesure": _orientation(
        "Préparer la fin de mesure de {qui}",
        lambda _: "La réunion de bilan et la suite se préparent avant la fin (fiche 13).",
        "Préparer",
    ),
    "nouveau_signalement": _nouveau_signalement,
    "nouvelle_situation": _nouvelle_situation,
}


def taches(dues: Iterable[Echeance], jour: date) -> list[Tache]:
    """Tasks of the files. A signalement on no agenda waits today, and is not said new besides."""
    dues = list(dues)
    a_examiner = {due.objet for due in dues if due.genre == "signalement"}
    unes = [
        _des_aujourd_hui(MOTS[due.genre](due), due, jour)
        for due in dues
        if due.genre in MOTS and not (due.genre == "nouveau_signalement" and due.objet in a_examiner)
    ]
    return [*unes, *_effacements(dues, jour)]


def _des_aujourd_hui(tache: Tache, due: Echeance, jour: date) -> Tache:
    """Its date of erasure is said in the sentence; what is to do is to be done now."""
    sans_seance = due.genre == "signalement" and due.detail != "inscrit"
    return replace(tache, le=min(tache.le, jour)) if sans_seance else tache
