"""What the référents of the demo proposed, and what a body that receives noted: by the services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from maillage.acteurs.api import Compte, Organisme
from maillage.demo.territoire import Territoire, au_nom_de
from maillage.droit.api import age
from maillage.instances import api as instances
from maillage.parcours import api as parcours
from maillage.parcours.api import FaitsPmsmp, Offre, Orientation, Participation, Transmission
from maillage.situations.api import Designation, Situation, a_revoir, lire_identite

CONVENTION = FaitsPmsmp(
    prescripteur="mission_locale",
    tuteur=True,
    salarie=False,
    parties=("beneficiaire", "prescripteur", "structure_accueil", "structure_accompagnement"),
)
ADULTE = 16


def accompagner(territoire: Territoire, fin: datetime) -> None:
    """Four paths in the groupe of Colomiers: a finished one, one that waits, one by the day, one proposed."""
    coordination, hote = territoire.comptes["coordonnatrice"], territoire.comptes["cuisine"]
    lieu = territoire.organismes["cuisine"]
    _ouvrir_l_acces(territoire, coordination, hote, lieu, fin - timedelta(days=60))
    suivies = _suivies(territoire, coordination, fin)
    histoires = (_jusqu_a_l_emploi, _en_attente, _a_la_journee, _propose)
    for raconter, (situation, referent) in zip(histoires, suivies, strict=False):
        raconter(situation, referent, hote, lieu, fin)


def _ouvrir_l_acces(
    territoire: Territoire, coordination: Compte, hote: Compte, lieu: Organisme, instant: datetime
) -> None:
    hote.organisme = lieu
    hote.save(update_fields=["organisme"])
    with au_nom_de(coordination, instant):
        formation = instances.ouvrir_prestataire(
            conseil=territoire.conseils["colomiers"].public_id,
            organisme=lieu.public_id,
            volet="jeune",
            convenu_le=instant.date(),
        )
        siege = formation.sieges.get()
        instances.habiliter(siege=siege.public_id, compte=hote.public_id)
    with au_nom_de(hote, instant + timedelta(days=1)):
        instances.signer_charte(texte=formation.textes.get(genre="charte").public_id)


def _suivies(territoire: Territoire, coordination: Compte, fin: datetime) -> list[tuple[Situation, Compte]]:
    """Open files of the groupe, old enough, each with its référent."""
    cercle = territoire.groupes["jeunesse"].cercle_id
    trouvees = []
    with au_nom_de(coordination, fin):
        for situation in a_revoir(cercle or 0, date.max):
            naissance = lire_identite(situation.identite_id).donnees.naissance
            designation = (
                Designation.objects.filter(situation=situation, jusqua__isnull=True)
                .select_related("referent")
                .first()
            )
            ancienne = situation.ouverte_le <= (fin - timedelta(days=45)).date()
            if designation and ancienne and naissance and age(naissance, fin.date()) >= ADULTE + 1:
                trouvees.append((situation, designation.referent))
    return trouvees


def _accepte(situation: Situation, referent: Compte, code: str, instant: datetime) -> Orientation:
    with au_nom_de(referent, instant):
        orientation = parcours.proposer_orientation(situation=situation.public_id, dispositif=code)
    with au_nom_de(referent, instant + timedelta(days=2)):
        parcours.noter_reponse(
            orientation=orientation.public_id,
            version=1,
            accepte=True,
            le=(instant + timedelta(days=2)).date(),
        )
    return orientation


def _transmise(
    orientation: Orientation, referent: Compte, instant: datetime, vers: Transmission
) -> Participation:
    with au_nom_de(referent, instant):
        return parcours.transmettre(orientation=orientation.public_id, version=2, vers=vers)


def _offre(lieu: Organisme) -> Offre:
    return Offre.objects.get(organisme=lieu, dispositif_code="pmsmp")


def _periode(lieu: Organisme, instant: datetime, jours: int) -> Transmission:
    debut = instant.date() + timedelta(days=2)
    return Transmission(
        offre=_offre(lieu).public_id,
        debut=debut,
        fin=debut + timedelta(days=jours - 1),
        objet="decouverte",
        pmsmp=CONVENTION,
    )


def _jusqu_a_l_emploi(
    situation: Situation, referent: Compte, hote: Compte, lieu: Organisme, fin: datetime
) -> None:
    instant = fin - timedelta(days=38)
    orientation = _accepte(situation, referent, "pmsmp", instant)
    instant += timedelta(days=3)
    lue = _transmise(orientation, referent, instant, _periode(lieu, instant, 5))
    with au_nom_de(hote, instant + timedelta(days=1)):
        parcours.accuser_reception(participation=lue.public_id, version=1, le=instant.date())
    with au_nom_de(hote, instant + timedelta(days=6)):
        premier = instant.date() + timedelta(days=2)
        parcours.commencer(participation=lue.public_id, version=2, le=premier)
        for rang in range(4):
            parcours.noter_presence(
                participation=lue.public_id,
                le=premier + timedelta(days=rang),
                etat="present",
                heures=Decimal(7),
            )
        parcours.terminer(
            participation=lue.public_id, version=3, resultat="cdd", le=premier + timedelta(days=4)
        )
    with au_nom_de(referent, fin - timedelta(days=20)):
        orientation.refresh_from_db()
        parcours.decider_retour(
            orientation=orientation.public_id,
            version=orientation.version,
            suite="droit_commun",
            le=(fin - timedelta(days=20)).date(),
        )


def _en_attente(situation: Situation, referent: Compte, _: Compte, lieu: Organisme, fin: datetime) -> None:
    orientation = _accepte(situation, referent, "pmsmp", fin - timedelta(days=14))
    instant = fin - timedelta(days=9)
    _transmise(orientation, referent, instant, _periode(lieu, instant + timedelta(days=11), 5))


def _a_la_journee(situation: Situation, referent: Compte, _: Compte, __: Organisme, fin: datetime) -> None:
    """TAPAJ without an access: the référent notes for the work site."""
    orientation = _accepte(situation, referent, "tapaj", fin - timedelta(days=20))
    instant = fin - timedelta(days=15)
    lue = _transmise(orientation, referent, instant, Transmission(debut=instant.date()))
    with au_nom_de(referent, instant + timedelta(days=1)):
        parcours.accuser_reception(participation=lue.public_id, version=1, le=instant.date())
        parcours.commencer(participation=lue.public_id, version=2, le=instant.date())
        lue.refresh_from_db()
        parcours.passer_phase(
            participation=lue.public_id, version=lue.version, code="premiere", le=instant.date()
        )
    for jours, etat, heures in ((2, "present", 3), (5, "excuse", 0), (8, "present", 4)):
        le = instant + timedelta(days=jours)
        with au_nom_de(referent, le):
            notee = parcours.noter_presence(
                participation=lue.public_id, le=le.date(), etat=etat, heures=Decimal(heures)
            )
            if heures:
                parcours.payer(presence=notee.public_id, version=1, le=le.date())


def _propose(situation: Situation, referent: Compte, _: Compte, __: Organisme, fin: datetime) -> None:
    with au_nom_de(referent, fin - timedelta(days=3)):
        parcours.proposer_orientation(situation=situation.public_id, dispositif="parrainage")
