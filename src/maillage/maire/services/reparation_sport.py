"""« Espace réparation »: agreed under the protocol with the parquet, done within hours; what the mayor lifts.

Fiche 29: the parquet decides such a measure. A reason of doctrine that opposes it is set aside by the mayor
alone, in writing, and stays in the file.
"""

from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.maire.etats_sport import FINIES, EtatMesure
from maillage.maire.models import LeveeDuMaire, Pouvoir, ReparationSport
from maillage.maire.protocoles import protocole_en_vigueur
from maillage.maire.rules import sport as regles
from maillage.maire.selectors.sport import MesureVue, mesure_vue, reparation_de, une_mesure
from maillage.maire.services.commun_sport import (
    compter,
    exiger_motifs,
    exiger_restant,
    ouvrir,
    passer,
)
from maillage.maire.services.levees import lever as lever_ici
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste


@commande
def convenir(*, mesure: UUID, version: int, tache: str, heures: int, accord_le: date) -> ReparationSport:
    """« Espace réparation »: what the parquet decided under the protocol, with the person's agreement."""
    ici = ouvrir(mesure)
    protocole = protocole_en_vigueur(ici.ou, Pouvoir.SPORT, ici.ou.jour)
    verdict = regles.juger_reparation(
        etat=ici.mesure.etat,
        connue=tache in liste("taches_reparation", ici.ou.jour),
        heures=heures,
        protocole=protocole is not None,
        accord_le=accord_le,
        deja=reparation_de(ici.mesure) is not None,
        mineur=ici.mineur,
        representants=len(ici.identite.representants),
        le=ici.ou.jour,
    )
    exiger_restant(ici, verdict)
    faite = ReparationSport.objects.create(
        tache=tache,
        heures=heures,
        protocole=protocole.reference if protocole is not None else None,
        accord_le=accord_le,
        **ici.piece,
    )
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="reparation_convenue")
    return faite


@commande
def finir(*, mesure: UUID, version: int, heures_faites: int, faite_le: date) -> None:
    """Say how many hours were done, and when it ended."""
    ici = ouvrir(mesure)
    reparation = reparation_de(ici.mesure)
    if reparation is None:
        raise Introuvable(mesure)
    motifs = []
    if reparation.faite_le is not None or not 0 <= heures_faites <= reparation.heures:
        motifs.append(regles.HEURES_FAITES)
    if not reparation.accord_le <= faite_le <= ici.ou.jour:
        motifs.append(regles.FAITE_DATEE)
    exiger_motifs(ici, motifs)
    modifier(
        ReparationSport.objects.filter(pk=reparation.pk, cercle=ici.ou.cercle),
        version=reparation.version,
        faite_le=faite_le,
        heures_faites=heures_faites,
    )
    passer(ici, EtatMesure(ici.mesure.etat), version=version, evenement="reparation_finie")
    compter("sport_reparation", ici.mesure, ici.ou, genre=reparation.tache)
    if heures_faites:
        compter("sport_heures", ici.mesure, ici.ou, genre=reparation.tache, nombre=heures_faites)


def obstacles(vue: MesureVue) -> Verdict:
    """What opposes the next step or a reparation as things stand, before anyone types anything."""
    return regles.obstacles(
        etat=vue.mesure.etat,
        finie=vue.mesure.etat in FINIES,
        mineur=vue.mineur,
        representants=len(vue.identite.representants),
        protocole=protocole_en_vigueur(vue.ou, Pouvoir.SPORT, vue.ou.jour) is not None,
        reparation=vue.reparation is not None,
    )


@commande
def lever(*, mesure: UUID, code: str, raison: str, precision: str = "") -> LeveeDuMaire:
    """Set aside a doctrine that opposes a step of this file, by the mayor, with a recorded reason."""
    une_mesure(mesure, verrou=True)
    vue = mesure_vue(mesure)
    return lever_ici(
        vue.ou,
        objet=mesure,
        identite=vue.mesure.identite_id,
        regle=regles.REGLE,
        verdict=obstacles(vue),
        code=code,
        pouvoir=Pouvoir.SPORT,
        raison=raison,
        precision=precision,
    )
