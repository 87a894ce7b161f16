"""The simple tables of the report: what each divides, in which words, with which note. Pure data.

One line a table: code, title, head of the first column, prefix of the paths, words, note. The words are those
of a closed list, named by its code, or a mapping. ``composition`` draws them.
"""

from __future__ import annotations

from typing import Final

from maillage.parcours.catalogue import dispositifs
from maillage.pilotage.actes import ACTES
from maillage.pilotage.comptes import SANS_OBJET
from maillage.pilotage.conventions import DE_CONVENTIONS
from maillage.pilotage.familles import DE_FAMILLES
from maillage.strategie.api import FAMILLES

TRIMESTRES: Final = {"1": "T1", "2": "T2", "3": "T3", "4": "T4"}
QPV: Final = {"oui": "Oui", "non": "Non", SANS_OBJET: "Non connu"}
#: National schemes by code; a local one keeps its code.
DISPOSITIFS: Final = {lu.code: lu.libelle for lu in dispositifs()}
DESTINATAIRES: Final = {"personne": "À la personne", "representant": "À un représentant légal"}

#: Drawn in this order; each kind of act keeps its own lines in its own module.
SIMPLES: Final = (
    (
        "signalements_trimestre",
        "Signalements par trimestre",
        "Trimestre",
        "signalements.trimestre",
        TRIMESTRES,
        "",
    ),
    (
        "signalements_motif",
        "Motifs des signalements",
        "Motif",
        "signalements.motif",
        "motifs_signalement",
        "Liste fermée. Une hausse de signalements ne dit pas une hausse de la délinquance : "
        "elle peut dire qu’un partenaire a rejoint le groupe.",
    ),
    (
        "signalements_origine",
        "Origine des signalements",
        "Service",
        "signalements.origine",
        "origines_signalement",
        "",
    ),
    (
        "signalements_age",
        "Âge des personnes signalées",
        "Tranche d’âge",
        "signalements.tranche",
        "tranches_age",
        "",
    ),
    (
        "signalements_exposition",
        "Exposition des personnes signalées",
        "Exposition",
        "signalements.exposition",
        "expositions",
        "« Sans objet » : personnes signalées comme victimes.",
    ),
    (
        "decisions",
        "Décisions sur les signalements",
        "Décision",
        "decisions.genre",
        "decisions_signalement",
        "Un signalement revu à plusieurs séances porte plusieurs décisions.",
    ),
    (
        "suivis_genre",
        "Suivis ouverts, par genre",
        "Genre de suivi",
        "ouvertures.genre",
        "genres_suivi",
        "Déduit du motif à l’ouverture. « Sans objet » : suivis ouverts avant que le genre soit noté.",
    ),
    ("clotures_issue", "Issue des suivis clos", "Issue", "clotures.issue", "issues_cloture", ""),
    ("revues", "Décisions sur les situations suivies", "Décision", "revues.genre", "decisions_situation", ""),
    (
        "orientations",
        "Orientations décidées par les groupes",
        "Service",
        "orientations.genre",
        FAMILLES,
        "La famille du service proposé, sans lien avec une personne.",
    ),
    ("contacts", "Contacts", "Moyen", "contacts.genre", "contacts", ""),
    (
        "designations",
        "Désignations de référents de parcours",
        "Profession",
        "designations.genre",
        "professions_referent",
        "Un changement de référent compte une désignation de plus.",
    ),
    (
        "lettres",
        "Lettres d’information remises",
        "Destinataire",
        "lettres.genre",
        DESTINATAIRES,
        "Information individuelle (RGPD, art. 13 et 14).",
    ),
    (
        "besoins_structure",
        "Besoins de soin restés sans réponse, par structure",
        "Structure cherchée",
        "besoins.genre",
        "structures_soin",
        "Un nombre de besoins, sans lien avec une personne, pour le CLSM et l’ARS (fiche 6).",
    ),
    (
        "besoins_raison",
        "Besoins de soin restés sans réponse, par raison",
        "Ce qui a manqué",
        "besoins.motif",
        "besoins_sans_reponse",
        "Ce qui manque au territoire (fiche 6).",
    ),
    (
        "propositions",
        "Orientations proposées aux personnes",
        "Dispositif",
        "propositions.genre",
        DISPOSITIFS,
        "Proposées par un référent ou après une décision de séance, acceptées ou non.",
    ),
    (
        "participations",
        "Participations commencées",
        "Dispositif",
        "participations.genre",
        DISPOSITIFS,
        "Comptées au premier jour.",
    ),
    (
        "participations_age",
        "Âge à l’ouverture du suivi des participants",
        "Tranche d’âge",
        "participations.tranche",
        "tranches_age",
        "",
    ),
    (
        "participations_qpv",
        "Participants d’un quartier prioritaire",
        "Quartier prioritaire",
        "participations.qpv",
        QPV,
        "",
    ),
    (
        "refus_accueil",
        "Orientations déclinées par le lieu d’accueil",
        "Ce qui a empêché",
        "refus.motif",
        "causes_refus_accueil",
        "Une même orientation peut être déclinée par plusieurs lieux.",
    ),
    (
        "resultats",
        "Ce que les participations finies ont permis",
        "Résultat",
        "resultats.issue",
        "resultats_participation",
        "« Sans objet » : participations arrêtées avant leur terme.",
    ),
    *ACTES,
    *DE_FAMILLES,
    *DE_CONVENTIONS,
)
