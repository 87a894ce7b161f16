"""Open the register where persons' requests about their data are kept, beside the groupes."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.droit.api import Verdict
from maillage.instances.modeles_textes import texte_propre
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
    Volet,
)
from maillage.instances.perms import PRESIDENTS
from maillage.instances.regles_propres import juger_registre_des_droits
from maillage.instances.selectors.conseils import acteur, conseil_visible, tient
from maillage.instances.services.gestion import exiger
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus
from maillage.socle.services import MODIFIE_ENTRE_TEMPS, commande
from maillage.socle.temps import maintenant

QUI_OUVRE = PRESIDENTS | {"dpo"}
NOM_MAX = 160


@commande
def ouvrir_registre_des_droits(*, conseil: UUID, fixe_le: date) -> Formation:
    """Open the register of a council, its undertaking in force, its first seat that of whoever opens it.

    ``fixe_le``: the day the controller decided who answers. Agents are then habilitated one by one, by the
    controller alone; nobody reads anything before having signed.
    """
    lu = conseil_visible(conseil, verrou=True)
    compte, instant = acteur(), maintenant()
    deja = lu.formations.filter(genre=GenreFormation.DROITS, dissoute_le__isnull=True)
    exiger(
        juger_registre_des_droits(
            charge=tient(compte, lu, QUI_OUVRE),
            organisme=compte.organisme_id is not None,
            conseil_actif=lu.actif(instant),
            deja=deja.exists(),
            fixe_le=fixe_le,
            le=aujourd_hui_du_conseil(lu),
        ),
        lu.public_id,
    )
    nom = f"Demandes des personnes, {lu.nom}"[:NOM_MAX]
    try:
        with transaction.atomic():
            cercle = Cercle.objects.create(genre=GenreCercle.DROITS, volet=Volet.DROITS, ouvert_le=instant)
            formation = Formation.objects.create(
                conseil=lu,
                genre=GenreFormation.DROITS,
                regime=Regime.NOMINATIF,
                theme=GenreFormation.DROITS,
                nom=nom,
                cercle=cercle,
                cree_le=instant,
            )
    except IntegrityError:  # another person opened it meanwhile
        raise Refus(Verdict.refus([MODIFIE_ENTRE_TEMPS]), statut=409) from None
    assert compte.organisme is not None  # judged above
    Siege.objects.create(formation=formation, organisme=compte.organisme, depuis=instant)
    contenu = texte_propre(GenreFormation.DROITS, GenreTexte.CHARTE, conseil=lu.nom, nom=nom)
    assert contenu is not None  # shipped with the product
    Texte.objects.create(
        formation=formation,
        genre=GenreTexte.CHARTE,
        contenu=contenu,
        etat=EtatTexte.ADOPTE,
        cree_le=instant,
        adopte_le=instant,
        adopte_par=compte,
        delibere_le=fixe_le,
    )
    journaliser("registre_ouvert", objet=formation.public_id, cercle=cercle.pk, details={"genre": "droits"})
    return formation
