"""What follows a rappel, how a file ends without one, and what the mayor sets aside (fiche 37)."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.maire.etats_rappel import EtatRappel
from maillage.maire.models import LeveeDuMaire, Pouvoir, SuiteDeRappel
from maillage.maire.rules import conduite_rappel as regles
from maillage.maire.selectors.rappel import parquet_de, porte_de
from maillage.maire.services.commun_rappel import (
    Ouvert,
    conclure_la_ligne,
    exiger_le_passage,
    exiger_motifs,
    ouvrir,
    passer,
)
from maillage.maire.services.conduite_rappel import compter
from maillage.maire.services.familles import saisir as saisir_le_conseil
from maillage.maire.services.levees import lever
from maillage.situations.api import faire_signalement
from maillage.socle.services import commande
from maillage.strategie.api import liste

#: Whoever speaks to a groupe after a rappel is the town hall.
ORIGINE_DU_SIGNALEMENT = "services_mairie"
VERS_MANQUANT = Motif(
    "destinataire_manquant",
    "Choisissez le groupe ou le conseil qui reçoit cette suite.",
    regles.USAGE,
    Force.USAGE,
)


@commande
def donner_suite(*, rappel: UUID, version: int, suite: str, vers: UUID | None = None) -> SuiteDeRappel:
    """Say what follows, and open it where it has a gate: a groupe whose member the actor is."""
    ici = ouvrir(rappel)
    exiger_le_passage(ici, EtatRappel.CLOS)
    suites = liste("suites_rappel", ici.ou.jour)
    if suite not in suites_possibles(ici.ou.jour):
        exiger_motifs(ici, [regles.VALEUR_INCONNUE])
    porte = suites.item(suite).attributs["porte"]
    if porte and vers is None:
        exiger_motifs(ici, [VERS_MANQUANT])
    if porte and vers is not None:
        PORTES[str(porte)](ici, vers)
    faite = SuiteDeRappel.objects.create(suite=suite, vers=vers if porte else None, **ici.piece)
    passer(ici, EtatRappel.CLOS, version=version, evenement="rappel_suite", suite=suite)
    conclure_la_ligne(ici, suite)
    compter("rappel_suite", ici, le=ici.ou.jour, genre=suite)
    return faite


def _vers_un_groupe(ici: Ouvert, vers: UUID) -> None:
    """A signalement there, as any member makes one: a new row, which nothing links to this file."""
    faire_signalement(
        cercle=vers,
        personne=ici.identite.donnees,
        representants=ici.identite.representants,
        exposition="delinquance",
        motif=str(liste("faits_rappel").item(ici.rappel.faits).attributs["signalement"]),
        origine=ORIGINE_DU_SIGNALEMENT,
    )


def _vers_un_conseil_des_familles(ici: Ouvert, vers: UUID) -> None:
    """A file there, as any member opens one: only the identity passes."""
    saisir_le_conseil(
        conseil=vers,
        personne=ici.identite.donnees,
        representants=ici.identite.representants,
        motif=str(liste("faits_rappel").item(ici.rappel.faits).attributs["famille"]),
        origine="rappel",
    )


#: What each gate does; a follow-up whose gate no room has opened is not offered.
PORTES = {"groupe": _vers_un_groupe, "cddf": _vers_un_conseil_des_familles}


def suites_possibles(le: date) -> list[str]:
    """Codes of the follow-ups that may be given that day."""
    return [
        item.code
        for item in liste("suites_rappel", le)
        if not item.attributs["porte"] or item.attributs["porte"] in PORTES
    ]


@commande
def transmettre_au_parquet(*, rappel: UUID, version: int) -> None:
    """End the file: the facts are for the parquet, whose letter is printed from the page."""
    _finir(rappel, version, EtatRappel.TRANSMIS, EtatRappel.TRANSMIS)


@commande
def clore_sans_acte(*, rappel: UUID, version: int, fin: str) -> None:
    """End a file without an act, for a reason of the closed list."""
    ici = ouvrir(rappel)
    if fin not in liste("fins_rappel", ici.ou.jour):
        exiger_motifs(ici, [regles.VALEUR_INCONNUE])
    if fin == "carence" and ici.rappel.etat != EtatRappel.CARENCE:
        texte = "Notez d’abord que la personne n’est pas venue à son audition."
        exiger_motifs(ici, [Motif("sans_carence", texte, regles.USAGE, Force.USAGE)])
    _finir(rappel, version, EtatRappel.SANS_ACTE, fin)


def _finir(rappel: UUID, version: int, vers: EtatRappel, issue: str) -> None:
    ici = ouvrir(rappel)
    exiger_le_passage(ici, vers)
    passer(ici, vers, version=version, evenement=f"rappel_{vers.value}", issue=issue)
    conclure_la_ligne(ici, issue)
    compter("rappel_suite", ici, le=ici.ou.jour, genre=issue)


@commande
def ecarter(*, rappel: UUID, version: int, code: str, raison: str, precision: str = "") -> LeveeDuMaire:
    """The mayor sets aside a reason that is not the law. What opposes is asked again, here and now."""
    ici = ouvrir(rappel)
    motifs = [*porte_de(ici.rappel, ici.ou).motifs, *parquet_de(ici.rappel, ici.ou).motifs]
    levee = lever(
        ici.ou,
        objet=rappel,
        identite=ici.rappel.identite_id,
        regle=regles.REGLE,
        verdict=Verdict.selon(motifs),
        code=code,
        pouvoir=Pouvoir.RAPPEL,
        raison=raison,
        precision=precision,
    )
    passer(ici, EtatRappel(ici.rappel.etat), version=version, evenement="rappel_ecart", code=code)
    return levee
