"""Invented values shown by the gallery. No real person, organism or fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString, mark_safe

from maillage.droit.api import Force, Motif, Verdict
from maillage.interface.chronologie import Bande, Chronologie, Genre, Piste, chronologie
from maillage.interface.formulaires import (
    DateNaissanceField,
    DateProcheField,
    Formulaire,
    Option,
    erreur_de_garde,
)
from maillage.interface.graphiques import Serie, figure
from maillage.interface.lecteurs import Lecteur
from maillage.interface.navigation import Lien

JOUR = date(2026, 11, 24)

LECTEURS = (
    Lecteur("Hélène Olivet", "coordonnatrice", vous=True),
    Lecteur("Sonia Marquefave", "prévention spécialisée, référente"),
    Lecteur("Marc Delvigne", "mission locale"),
    Lecteur("Bruno Cazalens", "collège, mandat jusqu’à demain"),
    Lecteur("Julie Peyrolles", "", masque=True),
)

REFUS = Verdict.refus(
    [
        Motif(
            "duree_max",
            "La période dure plus d’un mois. Du 7 décembre au 15 janvier : 40 jours. Une période va au plus "
            "jusqu’à la veille de la même date du mois suivant.",
            "Code du travail, art. D. 5135-3",
            Force.LOI,
        ),
        Motif(
            "tuteur_absent",
            "Aucun tuteur n’est désigné. L’entreprise doit nommer la personne qui accueille et guide.",
            "Stratégie nationale, fiche 11",
            Force.DOCTRINE,
            a_verifier=True,
        ),
    ],
    {"fin_au_plus_tard": date(2027, 1, 6)},
)
ACCORD = Verdict.accord(
    {"fin_de_periode": date(2027, 1, 4)},
    [Motif("possible", "Le prescripteur est habilité.", "Code du travail, art. L. 5135-2", Force.LOI)],
)


@dataclass(frozen=True, slots=True)
class Tri:
    """A sortable column of the sample table."""

    libelle: str
    url: str = ""
    sens: str = ""
    num: bool = False


class Signalement(Formulaire):
    """A sample form with every kind of control."""

    disposition = (("nom", "prenom"), "naissance", ("ecole", "le"), "motifs", "suite", "precision")

    nom = forms.CharField(label="Nom de naissance", max_length=60)
    prenom = forms.CharField(label="Prénom", max_length=60)
    naissance = DateNaissanceField(aujourd_hui=lambda: JOUR)
    ecole = forms.ChoiceField(
        label="Scolarité",
        choices=[("", "Choisir"), ("college", "Collège"), ("lycee", "Lycée"), ("autre", "Autre situation")],
    )
    le = DateProcheField(label="Constaté le", required=False, help_text="Le jour des faits, s’il est connu.")
    motifs = forms.MultipleChoiceField(
        label="Motifs",
        widget=forms.CheckboxSelectMultiple,
        choices=[("absences", "Absences répétées"), ("tardif", "Présence tardive sur l’espace public")],
        error_messages={"required": "Choisissez au moins un motif de la liste."},
    )
    suite = forms.ChoiceField(
        label="Suite demandée",
        widget=forms.RadioSelect,
        choices=[
            ("seance", Option("Inscrire à la prochaine séance", "Le groupe en parle le 15 décembre 2026")),
            ("orienter", Option("Orienter sans ouvrir", "Un seul relais, puis effacement à 30 jours")),
        ],
    )
    precision = forms.CharField(
        label="Précision",
        required=False,
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce qui aide à agir. Pas de santé, pas d’histoire familiale.",
    )
    information = forms.BooleanField(label="La famille sera informée par lettre")

    def clean_precision(self) -> str:
        """Stand-in for the guard: the real one lives in the room of the situations."""
        texte: str = self.cleaned_data["precision"]
        if "CMP" in texte:
            raise erreur_de_garde(
                "La précision contient une information de santé.",
                ("Suivi au CMP",),
                "Écrivez plutôt : « Un relais existe, à contacter par la coordonnatrice. »",
            )
        return texte


class Filtres(Formulaire):
    """Sample filters."""

    numero = forms.CharField(label="Numéro", required=False)
    groupe = forms.ChoiceField(
        label="Groupe", required=False, choices=[("", "Mes deux groupes"), ("j", "Jeunesse")]
    )
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Ouvertes"), ("c", "Closes")])
    referent = forms.ChoiceField(
        label="Référent", required=False, choices=[("", "Tous"), ("0", "Sans référent")]
    )


SAISIE_REFUSEE = {
    "refuse-nom": "Sabarthes",
    "refuse-naissance_jour": "14",
    "refuse-naissance_mois": "5",
    "refuse-naissance_annee": "2031",
    "refuse-ecole": "college",
    "refuse-suite": "seance",
    "refuse-precision": "Suivi au CMP depuis l’été.",
}


def _carte() -> SafeString:
    return mark_safe(  # constant drawing, nothing comes from outside
        '<svg class="m-carte-svg" viewBox="0 0 480 240" role="img" aria-label="Trois communes voisines. '
        'La liste donne les mêmes informations.">'
        '<path class="m-commune est-ici" d="M20 40L180 16L208 124L80 168Z"/>'
        '<path class="m-commune est-membre" d="M180 16L340 36L320 140L208 124Z"/>'
        '<path class="m-commune" d="M80 168L208 124L320 140L300 224L120 228Z"/>'
        '<text class="m-carte-nom est-ici" x="116" y="92" text-anchor="middle">Colomiers</text>'
        '<text class="m-carte-nom" x="264" y="88" text-anchor="middle">Blagnac</text></svg>'
    )


def contexte() -> dict[str, Any]:
    """Values that the examples of the gallery name."""
    return {
        "jour_exemple": JOUR,
        "fin_exemple": date(2026, 12, 24),
        "revue_exemple": date(2027, 3, 8),
        "lecteurs_exemple": LECTEURS,
        "lecteurs_courts": tuple(LECTEURS[:4]),
        "aucun_lecteur": (),
        "refus_exemple": REFUS,
        "accord_exemple": ACCORD,
        "fil_exemple": (Lien("Situations", "#fil"), Lien("Groupe Jeunesse", "#fil"), Lien("N° 2026-031")),
        "etapes_exemple": ("Groupe", "Personne et motif", "Relecture"),
        "formulaire_vierge": Signalement(prefix="vierge"),
        "formulaire_refuse": Signalement(SAISIE_REFUSEE, prefix="refuse"),
        "filtres_exemple": Filtres(prefix="filtre"),
        "actifs_exemple": (Lien("Groupe : Jeunesse", "#filtres"), Lien("État : ouvertes", "#filtres")),
        "colonnes_exemple": (
            Tri("Personne", "#table"),
            Tri("Référent"),
            Tri("Prochaine date", "#table", "ascending"),
        ),
        "options_exemple": (
            {"valeur": "reporter", "libelle": "Reporter", "consequence": "Une seule fois, au 15 décembre"},
            {"valeur": "non", "libelle": "Ne pas retenir", "consequence": "Effacé le 24 décembre 2026"},
        ),
        "gardes_exemple": (
            {
                "extraits": ("hospitalisée", "ne dort plus chez lui"),
                "nature": ": santé et vie familiale, informations secrètes (CSI, art. L. 132-5)",
                "conseil": "Écrivez plutôt : « Un hébergement relais est à trouver avant le 4 décembre. »",
            },
        ),
        "remplies_exemple": (
            "Prescripteur habilité : mission locale",
            "Deux conventions au plus : c’est la deuxième",
        ),
        "manquantes_exemple": ("Tuteur dans l’entreprise",),
        "carte_exemple": _carte(),
        "legende_exemple": (
            ("m-commune est-ici", "cette commune"),
            ("m-commune est-membre", "membre du même conseil"),
            ("m-commune", "autre commune"),
        ),
        "lignes_exemple": (
            ("Groupes", "Jeunesse, Sorties de mesure"),
            ("Charte signée", "Version 3, le 2 septembre 2026"),
        ),
        "messages_exemple": (Message(SUCCESS, "La présence est notée. Neuf membres la voient."),),
        **_figures(),
        "frise_avec_trous": _chronologie(date(2027, 1, 18), "11 jours sans hébergement après la mesure"),
        "frise_sans_trou": _chronologie(date(2027, 1, 7), "Chaque domaine a un relais dès le lendemain"),
    }


def _chronologie(hebergement: date, titre: str) -> Chronologie:
    fin = date(2027, 1, 6)
    trou = (hebergement - fin).days - 1
    bandes = [Bande(hebergement, None, Genre.PREVU)]
    if trou:
        texte = f"{trou} jours sans relais"
        bandes.append(Bande(date(2027, 1, 7), date(2027, 1, 17), Genre.TROU, texte))
    return chronologie(
        titre,
        legende="Relais après la fin de la mesure, le 6 janvier 2027",
        pistes=[
            Piste("Mesure", (Bande(date(2026, 9, 1), fin, Genre.MESURE),), ("jusqu’au 6 janvier 2027",)),
            Piste(
                "Hébergement",
                tuple(bandes),
                ("prévu à partir de janvier 2027",),
                (f"{trou} jours, du 7 au 17 janvier",) if trou else (),
            ),
            Piste(
                "Insertion professionnelle",
                (Bande(date(2026, 12, 1), None, Genre.EFFECTIF),),
                ("effectif depuis le 1er décembre 2026",),
            ),
        ],
        repere=fin,
        repere_texte="Fin de la mesure",
        aujourd_hui=JOUR,
    )


def _figures() -> dict[str, Any]:
    return {
        "figure_verticale": figure(
            "Huit signalements de plus qu’en 2024, surtout au premier trimestre",
            legende="Signalements reçus par trimestre",
            categories=("T1", "T2", "T3", "T4"),
            series=(Serie("2024", (9, 12, 6, 12)), Serie("2025", (13, 12, 8, 14))),
            genre="verticales",
            premiere_colonne="Trimestre",
            total=("Année", "39", "47"),
            source="Sur 47 : 29 ont ouvert une situation, 18 n’ont pas été retenus et ont été effacés.",
        ),
        "figure_horizontale": figure(
            "11 suivis clos sur 23 l’ont été objectifs atteints",
            legende="Suivis clos en 2025, par issue",
            categories=(
                "Objectifs atteints",
                "Relais de droit commun",
                "Départ du territoire",
                "Autre issue",
            ),
            series=(Serie("Suivis", (11, 7, None, None)),),
            premiere_colonne="Issue",
            total=("Ensemble", "23"),
            source="Deux issues sont masquées ensemble, pour que le total ne révèle pas un petit effectif.",
        ),
        "figure_courbe": figure(
            "Le nombre de suivis monte jusqu’en septembre, puis redescend",
            legende="Situations en cours en fin de trimestre",
            categories=("mars", "juin", "sept.", "déc."),
            series=(Serie("2024", (31, 35, 34, 32)), Serie("2025", (36, 41, 42, 38))),
            genre="courbes",
            premiere_colonne="Fin de",
        ),
    }
