"""Create the formations of a council and give seats to organisms."""

from datetime import datetime
from uuid import UUID

from maillage.acteurs.api import Organisme
from maillage.droit.api import Force, Motif, Verdict
from maillage.instances.modeles_textes import modele
from maillage.instances.models import (
    Cercle,
    EtatTexte,
    Formation,
    GenreCercle,
    GenreFormation,
    GenreTexte,
    Habilitation,
    Regime,
    Siege,
    Texte,
    VoletConfirme,
)
from maillage.instances.perms import COORDINATION
from maillage.instances.regles_conseil import juger_formation, juger_siege
from maillage.instances.selectors.conseils import conseil_visible, formation_visible
from maillage.instances.services.gestion import exiger, exiger_charge, exiger_gestion
from maillage.instances.services.mandats import clore
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.socle.temps import maintenant
from maillage.strategie.api import acteur as partenaire

UN_SEUL_ORGANISME = {
    GenreFormation.PRESTATAIRE: Motif(
        "un_seul_organisme",
        "Un lieu d’accueil lit seul les personnes qu’il accueille : aucun autre organisme n’y siège.",
        "RGPD, art. 5 et 28",
        Force.LOI,
    ),
    GenreFormation.ACTES_MAIRE: Motif(
        "un_seul_organisme",
        "Les actes du maire se préparent en mairie : aucun autre organisme n’y siège.",
        "Code de la sécurité intérieure, art. L. 132-7",
        Force.LOI,
    ),
}


#: What the council itself creates; the others are opened by their own command.
GENRES_DU_CONSEIL = frozenset({GenreFormation.PLENIERE, GenreFormation.RESTREINTE, GenreFormation.GROUPE})


@commande
def creer_formation(
    *, conseil: UUID, genre: str, nom: str = "", theme: str = "", nominatif: bool = False, volet: str = ""
) -> Formation:
    """Create a formation. A nominative groupe gets its cercle, of one strand for ever, and draft texts."""
    lu = conseil_visible(conseil, verrou=True)
    exiger_charge(lu, COORDINATION)
    genre = GenreFormation(genre).value
    if genre not in GENRES_DU_CONSEIL:
        raise Introuvable(conseil)
    theme = theme if genre == GenreFormation.GROUPE else genre
    instant = maintenant()
    exiger(
        juger_formation(
            genre=genre,
            nominatif=nominatif,
            theme=theme,
            volet=volet,
            volets_confirmes=VoletConfirme.objects.filter(conseil=lu, retire_le__isnull=True).values_list(
                "volet", flat=True
            ),
            existante=genre != GenreFormation.GROUPE
            and lu.formations.filter(genre=genre, dissoute_le__isnull=True).exists(),
            conseil_actif=lu.actif(instant),
        ),
        lu.public_id,
    )
    cercle = (
        Cercle.objects.create(genre=GenreCercle.GROUPE, volet=volet, ouvert_le=instant) if nominatif else None
    )
    formation = Formation.objects.create(
        conseil=lu,
        genre=genre,
        regime=Regime.NOMINATIF if nominatif else Regime.SANS_NOMS,
        theme=theme,
        nom=nom.strip() or GenreFormation(genre).label,
        cercle=cercle,
        cree_le=instant,
    )
    if nominatif:
        _projets(formation, instant)
    journaliser(
        "formation_creee",
        objet=formation.public_id,
        cercle=formation.cercle_id,
        details={"genre": genre, "regime": formation.regime, "volet": volet if nominatif else ""},
    )
    return formation


def _projets(formation: Formation, instant: datetime) -> None:
    """Draft texts from our models: the members read them, change them, propose them."""
    Texte.objects.bulk_create(
        Texte(
            formation=formation,
            genre=genre,
            version_texte=1,
            contenu=modele(genre).rempli(conseil=formation.conseil.nom, groupe=formation.nom),
            etat=EtatTexte.PROJET,
            cree_le=instant,
        )
        for genre in GenreTexte.values
    )


@commande
def dissoudre_formation(*, public_id: UUID, version: int) -> None:
    """End a formation; its cercle closes the same second and nobody reads it any more."""
    formation = formation_visible(public_id, verrou=True)
    exiger_gestion(formation)
    instant = maintenant()
    modifier(
        Formation.objects.filter(pk=formation.pk, dissoute_le__isnull=True),
        version=version,
        dissoute_le=instant,
    )
    Cercle.objects.filter(formation=formation, ferme_le__isnull=True).update(ferme_le=instant)
    journaliser("formation_dissoute", objet=public_id, cercle=formation.cercle_id)


@commande
def ajouter_siege(*, formation: UUID, organisme: UUID, qualite: str = "") -> Siege:
    """Give a seat to a body of the directory. A seat opens no file: habilitations do."""
    lue = formation_visible(formation, verrou=True)
    exiger_gestion(lue)
    corps = Organisme.objects.filter(public_id=organisme).first()
    if corps is None:
        raise Introuvable(organisme)
    genre, instant = partenaire(corps.genre), maintenant()
    if (seul := UN_SEUL_ORGANISME.get(GenreFormation(lue.genre))) is not None:
        exiger(Verdict.refus([seul]), lue.public_id)
    exiger(
        juger_siege(
            nominatif=lue.nominatif,
            genre_admis=genre.siege_nominatif,
            peut_sieger=genre.peut_sieger,
            organisme_actif=corps.actif,
            deja=lue.sieges.en_vigueur(instant).filter(organisme=corps).exists(),
            formation_active=lue.active(instant),
        ),
        lue.public_id,
    )
    siege = Siege.objects.create(formation=lue, organisme=corps, qualite=qualite.strip(), depuis=instant)
    journaliser("siege_ajoute", objet=siege.public_id, cercle=lue.cercle_id, details={"genre": corps.genre})
    return siege


@commande
def retirer_siege(*, siege: UUID) -> None:
    """Take a seat back: its agents stop reading the same second, and their mandates end."""
    lu = Siege.objects.select_related("formation").filter(public_id=siege).first()
    if lu is None:
        raise Introuvable(siege)
    formation = formation_visible(lu.formation.public_id, verrou=True)
    exiger_gestion(formation)
    instant = maintenant()
    if not Siege.objects.filter(pk=lu.pk).en_vigueur(instant).update(jusqua=instant):
        raise Introuvable(siege)
    for mandat in Habilitation.objects.en_cours(instant).filter(siege=lu):
        clore(mandat, instant=instant, motif="siege_retire")
    journaliser("siege_retire", objet=siege, cercle=formation.cercle_id)
