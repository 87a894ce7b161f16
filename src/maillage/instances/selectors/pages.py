"""What the pages show, in a number of queries that does not grow with their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from maillage.acteurs.api import Compte
from maillage.instances.models import (
    Conseil,
    EtatTexte,
    Formation,
    GenreFormation,
    GenreTexte,
    Habilitation,
    Texte,
    Volet,
    VoletConfirme,
)
from maillage.instances.perms import COORDINATION
from maillage.instances.regles_conseil import VOLETS_A_CONFIRMER
from maillage.instances.selectors.acces import habilites
from maillage.instances.selectors.conseils import (
    conseils_de,
    conseils_tenus_par,
    formations_visibles_par,
)
from maillage.instances.territoire import INTERCOMMUNAUX, nommer, obligations_des_communes
from maillage.socle.temps import maintenant
from maillage.territoires.api import Obligation

#: How long before its end a mandate is shown as ending.
BIENTOT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class FormationListee:
    """A formation in a list. ``a_signer``: the reader is habilitated there and has not signed."""

    public_id: UUID
    nom: str
    genre: str
    nominatif: bool
    volet: str
    sieges: int
    habilites: int
    a_signer: bool
    lisible: bool


@dataclass(frozen=True, slots=True)
class ConseilListe:
    conseil: Conseil
    formations: list[FormationListee]


@dataclass(frozen=True, slots=True)
class CommuneMembre:
    """A member commune and what the law asks of it today."""

    code: str
    nom: str
    population: int | None
    conseil: Obligation
    coordonnateur: Obligation


@dataclass(frozen=True, slots=True)
class VoletAffiche:
    code: str
    libelle: str
    confirme_le: datetime | None
    analyse_du: date | None


@dataclass(frozen=True, slots=True)
class GroupeTenu:
    """A nominative groupe of a council the account coordinates: members, signatures, ends to come."""

    formation: Formation
    charte: Texte | None
    lecteurs: int
    en_attente: int
    finissent: int


def _actives(lignes: QuerySet[Formation], instant: datetime) -> QuerySet[Formation]:
    return lignes.filter(Q(dissoute_le__isnull=True) | Q(dissoute_le__gt=instant))


def formations_listees(formations: QuerySet[Formation], compte: Compte) -> list[FormationListee]:
    """Active formations with their counts; the reader's own charter comes from access itself."""
    instant = maintenant()
    en_vigueur = Q(sieges__depuis__lte=instant) & (
        Q(sieges__jusqua__isnull=True) | Q(sieges__jusqua__gt=instant)
    )
    lignes = list(
        _actives(formations.exclude(genre=GenreFormation.PRESTATAIRE), instant)
        .select_related("cercle")
        .annotate(nombre_sieges=Count("sieges", filter=en_vigueur, distinct=True))
        .order_by("genre", "nom", "pk")
    )
    cercles = [ligne.cercle_id for ligne in lignes if ligne.cercle_id]
    lecteurs = _par_cercle(cercles)
    miens = {h.cercle_id: h.signee for h in habilites(instant).filter(compte=compte, cercle__in=cercles)}
    return [
        FormationListee(
            public_id=ligne.public_id,
            nom=ligne.nom,
            genre=ligne.get_genre_display(),
            nominatif=ligne.nominatif,
            volet=ligne.cercle.get_volet_display() if ligne.cercle else "",
            sieges=ligne.nombre_sieges,
            habilites=sum(lecteurs.get(ligne.cercle_id or 0, (0, 0))),
            a_signer=miens.get(ligne.cercle_id or 0) is False,
            lisible=miens.get(ligne.cercle_id or 0) is True,
        )
        for ligne in lignes
    ]


def _par_cercle(cercles: Iterable[int]) -> dict[int, tuple[int, int]]:
    """For each cercle: how many read, how many have a mandate and have not signed."""
    comptes: dict[int, tuple[int, int]] = {}
    for mandat in habilites(maintenant()).filter(cercle__in=list(cercles)):
        lisent, attendent = comptes.get(mandat.cercle_id, (0, 0))
        comptes[mandat.cercle_id] = (lisent + mandat.signee, attendent + (not mandat.signee))
    return comptes


def conseils_listes(compte: Compte) -> list[ConseilListe]:
    """The active councils the account sees, each with the formations it sees."""
    conseils = list(conseils_de(compte))
    visibles = formations_visibles_par(compte).filter(conseil__in=conseils)
    conseil_de = dict(visibles.values_list("public_id", "conseil_id"))
    par_conseil: dict[int, list[FormationListee]] = {conseil.pk: [] for conseil in conseils}
    for formation in formations_listees(visibles, compte):
        par_conseil[conseil_de[formation.public_id]].append(formation)
    return [ConseilListe(conseil, par_conseil[conseil.pk]) for conseil in conseils]


def communes_membres(conseil: Conseil, le: date) -> list[CommuneMembre]:
    """Member communes on that day, the most populated first, and what the law asks of each."""
    codes = list(
        conseil.communes.filter(depuis__lte=le).exclude(jusqua__lte=le).values_list("commune_code", flat=True)
    )
    obligations = obligations_des_communes(codes, le, cispd=conseil.genre in INTERCOMMUNAUX)
    return [
        CommuneMembre(commune.code, commune.nom, commune.population, *obligations[commune.code])
        for commune in nommer(codes, le)
    ]


def volets(conseil: Conseil) -> list[VoletAffiche]:
    """The strands that need the DPO's word, and whether it was given."""
    confirmes = {
        ligne.volet: ligne for ligne in VoletConfirme.objects.filter(conseil=conseil, retire_le__isnull=True)
    }
    return [
        VoletAffiche(
            code=volet.value,
            libelle=volet.label,
            confirme_le=confirmes[volet].confirme_le if volet in confirmes else None,
            analyse_du=confirmes[volet].analyse_du if volet in confirmes else None,
        )
        for volet in Volet
        if volet.value in VOLETS_A_CONFIRMER
    ]


def groupes_tenus(compte: Compte) -> list[GroupeTenu]:
    """Nominative groupes of the councils the account coordinates."""
    instant = maintenant()
    formations = list(
        _actives(
            Formation.objects.filter(
                conseil__in=conseils_tenus_par(compte, COORDINATION).values("pk"), cercle__isnull=False
            ),
            instant,
        )
        .select_related("conseil")
        .order_by("conseil__nom", "nom", "pk")
    )
    chartes = {
        texte.formation_id: texte
        for texte in Texte.objects.filter(
            formation__in=formations, genre=GenreTexte.CHARTE, etat=EtatTexte.ADOPTE
        )
    }
    cercles = [formation.cercle_id for formation in formations if formation.cercle_id]
    comptes = _par_cercle(cercles)
    finissent = dict(
        Habilitation.objects.en_vigueur(instant)
        .filter(cercle__in=cercles, periode__endswith__lte=instant + BIENTOT)
        .values("cercle")
        .annotate(n=Count("pk"))
        .values_list("cercle", "n")
    )
    return [
        GroupeTenu(
            formation=formation,
            charte=chartes.get(formation.pk),
            lecteurs=comptes.get(formation.cercle_id or 0, (0, 0))[0],
            en_attente=comptes.get(formation.cercle_id or 0, (0, 0))[1],
            finissent=finissent.get(formation.cercle_id or 0, 0),
        )
        for formation in formations
    ]
