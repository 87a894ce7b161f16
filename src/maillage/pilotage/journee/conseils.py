"""Words for what waits in the councils: séances, charters, mandates, texts, plenaries, communes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse

from maillage.droit.api import valeur_datee
from maillage.instances.api import (
    chartes_a_signer,
    mandats_finissants,
    plenieres_dues,
    sans_signature,
    seances_dues,
    textes_a_adopter,
)
from maillage.interface.typographie import accord, date_longue, espaces, heure
from maillage.pilotage.cadre import communes_sans_conseil, tenues_sans_conseil
from maillage.pilotage.journee.taches import HORIZON, Tache
from maillage.pilotage.selectors import communes_tenues, departements_lisibles

#: A plenary is convened early enough for its members: from then on, its absence is said (days).
PREPARER_AVANT = 60
#: Names said in a sentence.
NOMS = 4


def _apres_l_horizon(jour: date) -> datetime:
    """An instant when the last day of the horizon is over on every clock; the page cuts by local date."""
    return datetime(jour.year, jour.month, jour.day, tzinfo=UTC) + timedelta(days=HORIZON + 2)


def seances(jour: date) -> Iterable[Tache]:
    """Séances of the day and to come; those left open, or prepared and past, are late for who runs them."""
    for seance in seances_dues(_apres_l_horizon(jour)):
        debut = seance.commence_le.astimezone(seance.fuseau)
        le, titre = debut.date(), f"Séance n° {seance.numero}, {seance.formation}"
        if le < jour and not seance.conduite:
            continue
        pourquoi, bouton = _etat(seance.etat, (le - jour).days, seance.conduite)
        yield Tache(
            le,
            espaces(titre),
            pourquoi,
            reverse("seances:detail", args=[seance.public_id]),
            bouton,
            heure=heure(debut),
        )


def _etat(etat: str, dans: int, conduite: bool) -> tuple[str, str]:
    """Where it stands and the button, ``dans`` days before it."""
    if not conduite:
        mots = {
            "preparee": "En préparation.",
            "convoquee": "Vous y êtes attendu.",
            "ouverte": "Elle est ouverte.",
        }
        return mots[etat], "Ouvrir"
    if dans < 0:
        mots = {
            "preparee": "Elle n’a pas été convoquée : annulez-la ou préparez-en une autre.",
            "convoquee": "Elle n’a pas été ouverte.",
            "ouverte": "Elle n’est pas close : les points sans décision restent en attente.",
        }
        return mots[etat], "Reprendre"
    mots = {
        "preparee": "Les membres ne sont pas encore convoqués.",
        "convoquee": "Les membres sont convoqués, sans aucun nom.",
        "ouverte": "Elle est ouverte.",
    }
    return mots[etat], "Préparer" if etat == "preparee" or dans > 0 else "Ouvrir la séance"


def chartes(jour: date) -> Iterable[Tache]:
    """Charters to sign: before that, the groupe shows nothing."""
    for charte in chartes_a_signer():
        if charte.texte is not None:
            yield Tache(
                jour,
                f"Signer la charte, {charte.formation.nom}",
                f"Version {charte.texte.version_texte}. Avant cela, vous ne voyez rien de ce groupe.",
                reverse("instances:signer", args=[charte.texte.public_id]),
                "Lire et signer",
            )


def mandats(jour: date) -> Iterable[Tache]:
    """Mandates that end within the horizon."""
    for mandat in mandats_finissants(_apres_l_horizon(jour)):
        le = mandat.fin.astimezone(mandat.fuseau).date()
        if mandat.a_moi:
            pourquoi = "Sans renouvellement, vous ne lirez plus ce groupe."
            yield Tache(
                le, f"Fin de votre mandat, {mandat.formation}", pourquoi, reverse("instances:chartes"), "Voir"
            )
        else:
            yield Tache(
                le,
                f"Fin du mandat de {mandat.nom}",
                f"{mandat.formation}. Sans renouvellement, son accès s’arrête ce jour-là.",
                reverse("instances:habilitation_renouveler", args=[mandat.public_id]),
                "Renouveler",
            )


def signatures(jour: date) -> Iterable[Tache]:
    """Agents who have not signed: they read nothing yet."""
    for groupe in sans_signature():
        noms = ", ".join(groupe.agents[:NOMS])
        reste = len(groupe.agents) - NOMS
        suite = f" et {reste} autres" if reste > 0 else ""
        yield Tache(
            jour,
            f"Faire signer la charte, {groupe.nom}",
            f"Sans signature, ces agents ne lisent rien : {noms}{suite}.",
            reverse("instances:formation", args=[groupe.formation]),
            "Voir les membres",
        )


def textes(jour: date) -> Iterable[Tache]:
    """Texts the members proposed: the council adopts them (CSI, art. L. 132-5)."""
    for texte in textes_a_adopter():
        propose = texte.propose_le.astimezone(texte.fuseau).date()
        yield Tache(
            jour,
            f"Faire adopter : {texte.libelle}, {texte.formation}",
            espaces(
                f"Proposé le {date_longue(propose)} par les membres ; "
                "le conseil l’adopte par délibération (CSI, art. L. 132-5)."
            ),
            reverse("instances:texte", args=[texte.public_id]),
            "Lire",
        )


def plenieres(jour: date, *, tenus: bool) -> Iterable[Tache]:
    """Councils without a plenary this year, from two months before its end; the préfecture sees them too."""
    fin = date(jour.year, 12, 31)
    if jour < fin - timedelta(days=PREPARER_AVANT):
        return
    base = espaces(valeur_datee("clspd.plenieres_par_an", jour).base_legale)
    for due in plenieres_dues(jour.year, tenus=tenus):
        if due.prevue is not None:
            continue
        adresse = reverse("instances:conseil", args=[due.conseil])
        if tenus and due.formation is not None:
            adresse = reverse("seances:preparer", args=[due.formation])
        verbe = "Convoquer la plénière" if tenus else "Plénière non tenue"
        yield Tache(
            jour,
            f"{verbe}, {due.nom}",
            f"Au moins une réunion par an, avant le {date_longue(fin)} ({base}).",
            adresse,
            "Préparer" if tenus else "Voir le conseil",
        )


def communes(jour: date) -> Iterable[Tache]:
    """Communes of the reader's départements that must have a council and have none recorded."""
    for code, nom in departements_lisibles():
        attendues = communes_sans_conseil(code, jour)
        if attendues:
            noms = ", ".join(attendues[:NOMS])
            suite = "…" if len(attendues) > NOMS else "."
            yield Tache(
                jour,
                f"{accord(len(attendues), 'commune,communes')} sans conseil enregistré, {nom}",
                espaces(f"La loi leur en demande un (CSI, art. L. 132-4) : {noms}{suite}"),
                reverse("territoires:departement", args=[code]),
                "Voir les communes",
            )


def ma_commune(jour: date) -> Iterable[Tache]:
    """The reader's own communes that must have a council and have none recorded."""
    for code, nom in tenues_sans_conseil(communes_tenues(), jour).items():
        yield Tache(
            jour,
            f"Créer le conseil de {nom}, ou l’enregistrer",
            espaces(
                "La loi demande un conseil à cette commune (CSI, art. L. 132-4) : aucun n’est enregistré."
            ),
            reverse("territoires:commune", args=[code]),
            "Lire pourquoi",
        )


def plenieres_du_pays(jour: date) -> Iterable[Tache]:
    """How many visible councils have no plenary yet, in one line."""
    if jour < date(jour.year, 12, 31) - timedelta(days=PREPARER_AVANT):
        return
    nombre = len([due for due in plenieres_dues(jour.year, tenus=False) if due.prevue is None])
    if nombre:
        yield Tache(
            jour,
            f"{accord(nombre, 'conseil,conseils')} sans plénière tenue ni prévue en {jour.year}",
            espaces("Au moins une réunion par an (CSI, art. L. 132-4 et D. 132-9)."),
            reverse("pilotage:tableau_de_bord"),
            "Voir les conseils",
        )
