"""Give a body its own cercle: where it reads those it receives, and nothing of the groupe."""

from datetime import date
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.instances.modeles_textes import charte_de_prestataire
from maillage.instances.models import (
    Cercle,
    EtatTexte,
    Formation,
    GenreCercle,
    GenreFormation,
    GenreTexte,
    Regime,
    Siege,
    Texte,
    VoletConfirme,
)
from maillage.instances.perms import COORDINATION
from maillage.instances.regles_conseil import juger_prestataire
from maillage.instances.selectors.conseils import conseil_visible
from maillage.instances.selectors.prestataires import formation_du_prestataire
from maillage.instances.services.gestion import exiger, exiger_charge
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.socle.temps import maintenant

NOM_MAX = 160


@commande
def ouvrir_prestataire(*, conseil: UUID, organisme: UUID, volet: str, convenu_le: date) -> Formation:
    """Open the cercle of a body that receives people, with its confidentiality undertaking, in force.

    ``convenu_le``: the day the council and the body agreed on it. Its agents are then habilitated one by one,
    and read nothing before each has signed.
    """
    lu = conseil_visible(conseil, verrou=True)
    compte = exiger_charge(lu, COORDINATION)
    corps = Organisme.objects.filter(public_id=organisme).first()
    if corps is None:
        raise Introuvable(organisme)
    instant = maintenant()
    exiger(
        juger_prestataire(
            organisme_actif=corps.actif,
            volet=volet,
            volets_confirmes=VoletConfirme.objects.filter(conseil=lu, retire_le__isnull=True).values_list(
                "volet", flat=True
            ),
            deja=formation_du_prestataire(lu.pk, corps.pk, volet) is not None,
            conseil_actif=lu.actif(instant),
            convenu_le=convenu_le,
            le=aujourd_hui_du_conseil(lu),
        ),
        lu.public_id,
    )
    cercle = Cercle.objects.create(genre=GenreCercle.PRESTATAIRE, volet=volet, ouvert_le=instant)
    formation = Formation.objects.create(
        conseil=lu,
        genre=GenreFormation.PRESTATAIRE,
        regime=Regime.NOMINATIF,
        theme=GenreFormation.PRESTATAIRE,
        nom=f"Accueils confiés à {corps.nom_actuel}"[:NOM_MAX],
        cercle=cercle,
        cree_le=instant,
    )
    Siege.objects.create(formation=formation, organisme=corps, depuis=instant)
    Texte.objects.create(
        formation=formation,
        genre=GenreTexte.CHARTE,
        contenu=charte_de_prestataire(lu.nom),
        etat=EtatTexte.ADOPTE,
        cree_le=instant,
        adopte_le=instant,
        adopte_par=compte,
        delibere_le=convenu_le,
    )
    journaliser(
        "prestataire_ouvert",
        objet=formation.public_id,
        cercle=cercle.pk,
        details={"organisme": str(corps.public_id), "volet": volet},
    )
    return formation
