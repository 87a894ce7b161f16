"""What waits for the DPO and for who administers the accounts: counts, never a file, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from maillage.acteurs.api import etat_des_comptes
from maillage.droit.api import echeance_mois, entier
from maillage.interface.typographie import MOIS, accord
from maillage.pilotage.journee.taches import Tache
from maillage.pilotage.selectors import clotures_par_mois, conseils_lisibles


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
