"""Open the registers that stand beside the groupes: the mayor's acts, the family council."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.acteurs.api import Compte, Organisme
from maillage.droit.api import Verdict
from maillage.instances.modeles_textes import texte_propre
from maillage.instances.models import (
    Cercle,
    Conseil,
    EtatTexte,
    Formation,
    GenreFormation,
    GenreTexte,
    Regime,
    Siege,
    Texte,
    Volet,
)
from maillage.instances.models.formation import GENRES_DES_FAMILLES
from maillage.instances.perms import COORDINATION, PRESIDENTS
from maillage.instances.regles_propres import (
    ProjetDeRegistre,
    competence_pour,
    juger_actes_du_maire,
    juger_conseil_des_familles,
)
from maillage.instances.selectors.conseils import acteur, conseil_visible
from maillage.instances.selectors.propres import communes_du_conseil, elu_de, qualite_pour
from maillage.instances.services.gestion import exiger, exiger_charge
from maillage.instances.territoire import aujourd_hui_du_conseil, nommer
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS, commande
from maillage.socle.temps import maintenant

NOM_MAX = 160
MAIRIE = "commune"


@commande
def ouvrir_actes_du_maire(*, conseil: UUID, commune: str, fixe_le: date) -> Formation:
    """Open the register of the acts of one mayor, with its undertaking in force.

    ``fixe_le``: the day of the mayor's decision. By that mayor, or by whoever coordinates for that commune;
    the president of an EPCI is refused (CSI L. 132-7). Agents are then habilitated one by one.
    """
    lu = conseil_visible(conseil, verrou=True)
    compte = acteur()
    mairie = Organisme.objects.filter(genre=MAIRIE, commune_code=commune, actif=True).order_by("pk").first()
    le = aujourd_hui_du_conseil(lu)
    exiger(
        juger_actes_du_maire(
            _projet(lu, commune, GenreFormation.ACTES_MAIRE, fixe_le, le, mairie=mairie is not None),
            competence=competence_pour(
                GenreFormation.ACTES_MAIRE, commune, qualite_pour(compte, lu, commune), le
            ),
            le=le,
        ),
        lu.public_id,
    )
    assert mairie is not None  # judged above
    formation = _ouvrir(
        lu, compte, GenreFormation.ACTES_MAIRE, commune, f"Actes du maire de {_nom(commune, le)}", fixe_le, ""
    )
    Siege.objects.create(formation=formation, organisme=mairie, depuis=formation.cree_le)
    return formation


@commande
def creer_conseil_des_familles(
    *, conseil: UUID, genre: str, commune: str, delibere_le: date, deliberation: str
) -> Formation:
    """Record a family council (or a cell) that a deliberation created, with its texts in force.

    ``commune`` empty: that of the whole EPCI. ``deliberation``: its number. Bodies are then given seats and
    their agents habilitated, exactly as in a groupe.
    """
    lu = conseil_visible(conseil, verrou=True)
    compte = acteur()
    if not elu_de(compte, commune):
        exiger_charge(lu, PRESIDENTS | COORDINATION)
    if genre not in GENRES_DES_FAMILLES or (not commune and not lu.epci_code):
        raise Introuvable(conseil)
    le = aujourd_hui_du_conseil(lu)
    qualite = qualite_pour(compte, lu, commune)
    exiger(
        juger_conseil_des_familles(
            _projet(lu, commune, genre, delibere_le, le),
            genre=genre,
            competence=competence_pour(genre, commune, qualite, delibere_le, epci=bool(lu.epci_code)),
            le=le,
        ),
        lu.public_id,
    )
    ou = _nom(commune, le) if commune else lu.nom
    sigle = "CDDF" if genre == GenreFormation.CDDF else "CCTP"
    return _ouvrir(lu, compte, genre, commune, f"{sigle} de {ou}", delibere_le, deliberation.strip())


def _projet(
    conseil: Conseil, commune: str, genre: str, fixe_le: date, le: date, *, mairie: bool = True
) -> ProjetDeRegistre:
    deja = Formation.objects.filter(genre=genre, commune_code=commune, dissoute_le__isnull=True)
    if genre != GenreFormation.ACTES_MAIRE:
        deja = deja.filter(conseil=conseil)
    return ProjetDeRegistre(
        commune=commune,
        communes_du_conseil={membre.code for membre in communes_du_conseil(conseil, le)},
        conseil_actif=conseil.actif(maintenant()),
        deja=deja.exists(),
        mairie=mairie,
        fixe_le=fixe_le,
    )


def _nom(commune: str, le: date) -> str:
    return next((nommee.nom for nommee in nommer([commune], le)), commune)


def _ouvrir(
    conseil: Conseil, par: Compte, genre: str, commune: str, nom: str, fixe_le: date, deliberation: str
) -> Formation:
    instant = maintenant()
    volet = Volet.ACTES if genre == GenreFormation.ACTES_MAIRE else Volet.JEUNE
    try:
        with transaction.atomic():
            cercle = Cercle.objects.create(genre=genre, volet=volet, ouvert_le=instant)
            formation = Formation.objects.create(
                conseil=conseil,
                genre=genre,
                regime=Regime.NOMINATIF,
                theme=genre,
                nom=nom[:NOM_MAX],
                cercle=cercle,
                commune_code=commune,
                cree_le=instant,
            )
    except IntegrityError:  # another person opened it meanwhile
        raise Refus(Verdict.refus([MODIFIE_ENTRE_TEMPS]), statut=409) from None
    for texte in (GenreTexte.CHARTE, GenreTexte.REGLEMENT):
        if (contenu := texte_propre(genre, texte, conseil=conseil.nom, nom=nom)) is not None:
            Texte.objects.create(
                formation=formation,
                genre=texte,
                contenu=contenu,
                etat=EtatTexte.ADOPTE,
                cree_le=instant,
                adopte_le=instant,
                adopte_par=par,
                delibere_le=fixe_le,
                deliberation=deliberation,
            )
    journaliser(
        "registre_ouvert",
        objet=formation.public_id,
        cercle=cercle.pk,
        details={"genre": genre, "commune": commune},
    )
    return formation
