"""Two ways out of a measure in the demonstration: one without a day uncovered, one with a gap to mend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.demo.territoire import au_nom_de
from maillage.parcours import api as parcours
from maillage.situations import api as situations

#: (domain, actor, days after the last day of the measure).
SANS_TROU = (
    ("hebergement", "siao", 1),
    ("emploi", "mission_locale", -20),
    ("soins", "cmp", 1),
    ("droits", "maison_justice_droit", -3),
)
AVEC_TROU = (
    ("hebergement", "siao", 13),
    ("emploi", "conseiller_justice", 1),
    ("soins", "csapa", 6),
    ("droits", "ccas", 1),
)


def preparer(cercle: int, *, coordination: Compte, comptes: Mapping[str, Compte], instant: datetime) -> None:
    """Open both plans on files of this groupe whose measure is known to end."""
    with au_nom_de(coordination, instant):
        ouvertes = [
            situation.public_id
            for situation in situations.a_revoir(cercle, instant.date().max)
            if situation.exposition == "recidive"
        ]
    for cle, (auteur, origine, dans, etapes) in zip(
        ouvertes,
        (("spip", "prison", 38, AVEC_TROU), ("pjj", "cef", 25, SANS_TROU)),
        strict=False,
    ):
        _preparer(cle, comptes[auteur], coordination, (origine, dans, etapes), instant)


def _preparer(
    cle: UUID,
    auteur: Compte,
    coordination: Compte,
    plan: tuple[str, int, tuple[tuple[str, str, int], ...]],
    instant: datetime,
) -> None:
    origine, dans, etapes = plan
    fin = instant.date() + timedelta(days=dans)
    with au_nom_de(auteur, instant):
        ouvert = parcours.ouvrir_plan(situation=cle, origine=origine, fin_prevue_le=fin)
        for code in ("faits_reconnus", "consentement_auteur"):
            parcours.enoncer_condition(situation=cle, code=code, oui=True, le=instant.date())
    with au_nom_de(coordination, instant):
        for domaine, acteur, jours in etapes:
            parcours.prevoir_etape(
                situation=cle, domaine=domaine, acteur=acteur, prevue_le=fin + timedelta(days=jours)
            )
        parcours.noter_sans_relais(situation=cle, domaine="famille", raison="sans_besoin")
        if origine == "prison":
            parcours.deplacer_fin(
                situation=cle, version=ouvert.version, vers=fin - timedelta(days=3), motif="reduction"
            )
