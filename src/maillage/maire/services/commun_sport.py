"""What every act on a measure of sport shares: the file locked, the step taken, the fact counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maillage.droit.api import Motif, Verdict
from maillage.maire.etats_sport import FINIES, EtatMesure
from maillage.maire.lieux import Lieu
from maillage.maire.models import MesureSport
from maillage.maire.rules import sport as regles
from maillage.maire.rules.conservation import expire_le
from maillage.maire.rules.levee import restant
from maillage.maire.selectors.levees import codes_leves
from maillage.maire.selectors.sport import decision_de, une_mesure
from maillage.maire.services.commun_rappel import exiger_d_ecrire
from maillage.situations.api import IdentiteVue, est_mineur, exiger, lire_identite
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.services import modifier


@dataclass(frozen=True, slots=True)
class Ouverte:
    """A measure locked for a change, its register, the person."""

    mesure: MesureSport
    ou: Lieu
    identite: IdentiteVue

    @property
    def piece(self) -> dict[str, Any]:
        return {
            "cercle_id": self.ou.cercle,
            "dossier": self.mesure,
            "le": self.ou.jour,
            "par_id": self.ou.compte.pk,
        }

    @property
    def mineur(self) -> bool:
        return est_mineur(self.identite.donnees.naissance, self.mesure.tranche_age, self.ou.jour)


def ouvrir(cle: UUID) -> Ouverte:
    """The measure, locked through the wall, for who writes in its register."""
    mesure, ou = une_mesure(cle, verrou=True)
    exiger_d_ecrire(ou, cle)
    return Ouverte(mesure, ou, lire_identite(mesure.identite_id))


def exiger_motifs(ici: Ouverte, motifs: Iterable[Motif]) -> None:
    """Go on only where nothing opposes."""
    exiger(Verdict.selon(motifs), ici.mesure)


def exiger_restant(ici: Ouverte, verdict: Verdict) -> None:
    """Go on if nothing opposes but what the mayor has set aside on this file, in writing."""
    exiger(restant(verdict, codes_leves(ici.mesure.public_id, regles.REGLE)), ici.mesure)


def exiger_vivante(ici: Ouverte) -> None:
    """Nothing is added to a measure that is over."""
    if ici.mesure.etat in FINIES:
        exiger_motifs(ici, regles.passage(ici.mesure.etat, EtatMesure.INVITEE))


def passer(ici: Ouverte, vers: EtatMesure, *, version: int, evenement: str) -> None:
    """Take the step: state, term, journal. The term follows the last act, and the exclusion itself."""
    decision = decision_de(ici.mesure)
    dernier = ici.ou.jour
    if decision is not None and decision.fin is not None and vers is not EtatMesure.RETIREE:
        dernier = max(dernier, decision.fin)
    modifier(
        MesureSport.objects.filter(pk=ici.mesure.pk, cercle=ici.ou.cercle),
        version=version,
        etat=vers,
        expire_le=expire_le(dernier_acte=dernier, clos=vers in FINIES),
    )
    journaliser(evenement, objet=ici.mesure.public_id, cercle=ici.ou.cercle)


def compter(
    evenement: str, mesure: MesureSport, ou: Lieu, *, genre: str, delai: int | None = None, nombre: int = 1
) -> None:
    """The anonymous fact of an act on a measure."""
    noter(
        evenement,
        le=ou.jour,
        instance=ou.vu.conseil_pk,
        departement=ou.vu.departement_code,
        volet="actes",
        fil=mesure.fil,
        genre=genre,
        tranche_age=mesure.tranche_age,
        delai_jours=delai,
        nombre=nombre,
    )
