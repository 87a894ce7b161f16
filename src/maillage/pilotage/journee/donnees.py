"""What waits for the DPO and for who administers the accounts: counts, never a file, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from maillage.acteurs.api import etat_des_comptes
from maillage.droit.api import echeance_mois, entier
from maillage.droits.api import alertes_de_lecture
from maillage.interface.typographie import MOIS, accord
from maillage.pilotage.journee.taches import RECENT, Tache
from maillage.pilotage.selectors import clotures_par_mois, conseils_lisibles
from maillage.socle.temps import maintenant


def effacements(jour: date) -> Iterable[Tache]:
    """Erasures of closed follow-ups, by month, told from anonymous facts: the DPO reads no file.

    A follow-up closed in a month is erased at the end of its archive (parameter ``conservation``), or at
    the 25th birthday when that comes first. No count: beside the annual report, it could give one back.
    """
    conseils = {conseil.pk: conseil.nom for conseil in conseils_lisibles()}
    attendus = set()
    for conseil, volet, clos in clotures_par_mois(conseils, depuis=date(jour.year - 4, 1, 1)):
        code = "conservation.victime_archive_mois" if volet == "victime" else "conservation.archive_mois"
        efface = echeance_mois(clos, entier(code, clos))
        if efface >= jour.replace(day=1):
            attendus.add((efface, conseils[conseil], clos))
    for efface, nom, clos in sorted(attendus):
        yield Tache(
            max(efface, jour),
            f"Effacements attendus en {MOIS[efface.month - 1]}, {nom}",
            f"L’archive des suivis clos en {MOIS[clos.month - 1]} prend fin. Ils se feront seuls.",
            automatique=True,
        )


def lectures(_jour: date) -> Iterable[Tache]:
    """Accounts that opened more files than a person reads, for who answers for the council's processing."""
    instant = maintenant()
    vues = set()
    for alerte in alertes_de_lecture(instant - timedelta(days=RECENT), instant + timedelta(minutes=1)):
        if (alerte.le, alerte.agent) in vues:
            continue
        vues.add((alerte.le, alerte.agent))
        yield Tache(
            alerte.le.date(),
            f"Vérifier les lectures de {alerte.agent}",
            f"{accord(alerte.nombre, 'lecture,lectures')} en {alerte.duree}. Une preuve lui a été demandée.",
            f"{reverse('droits:registre')}#lectures",
            "Voir le registre",
            nouveau=True,
        )


def comptes(jour: date) -> Iterable[Tache]:
    """Accounts to unblock, to secure, to give a function to."""
    etat = etat_des_comptes()
    adresse = reverse("acteurs:comptes")
    if etat.bloques:
        yield Tache(
            jour,
            f"{accord(etat.bloques, 'connexion ralentie,connexions ralenties')} après des échecs",
            "Le blocage se lève seul. Répétés, les échecs demandent une vérification.",
            adresse,
            "Voir les comptes",
        )
    if etat.sans_second_facteur:
        yield Tache(
            jour,
            f"{accord(etat.sans_second_facteur, 'compte,comptes')} sans second facteur",
            "Leur fonction l’exige : il leur sera demandé à la prochaine connexion.",
            adresse,
            "Voir les comptes",
        )
    if etat.sans_fonction:
        yield Tache(
            jour,
            f"{accord(etat.sans_fonction, 'compte ouvert,comptes ouverts')} sans fonction",
            "Un compte sans fonction n’ouvre aucune page de travail : donnez-lui une fonction ou fermez-le.",
            adresse,
            "Voir les comptes",
        )
