"""What waits for the actor in the councils: séances, charters, mandates, texts. No followed person is read.

For the day page of a higher room: plain values, in a number of queries that does not grow with them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from maillage.acteurs.api import portees_exercees
from maillage.instances.etats_seance import EtatSeance
from maillage.instances.models import Conseil, EtatTexte, Formation, GenreFormation, Habilitation, Texte
from maillage.instances.models.seance import Seance
from maillage.instances.perms import COORDINATION, PRESIDENTS
from maillage.instances.selectors.acces import fuseau_du_conseil, habilites, mes_mandats
from maillage.instances.selectors.conseils import acteur, conseils_de, conseils_tenus_par
from maillage.instances.selectors.seances import seances_visibles
from maillage.instances.selectors.textes import MaCharte, mes_chartes
from maillage.socle.contexte import acteur_courant
from maillage.socle.memoire import une_fois
from maillage.socle.temps import FUSEAU_METROPOLE, maintenant
from maillage.territoires.api import fuseau, fuseau_de_commune

#: Longest list of one kind on a day page.
LIMITE = 50


@dataclass(frozen=True, slots=True)
class SeanceDue:
    """A séance under way, to come, or left open. ``conduite``: by the actor. ``fuseau``: where it meets."""

    public_id: UUID
    numero: int
    formation: str
    etat: str
    commence_le: datetime
    duree_minutes: int
    conduite: bool
    fuseau: ZoneInfo


@dataclass(frozen=True, slots=True)
class MandatFinissant:
    """A mandate that ends soon; ``nom`` is the agent's. ``fuseau``: where its days are counted."""

    public_id: UUID
    nom: str
    formation: str
    fin: datetime
    a_moi: bool
    fuseau: ZoneInfo


@dataclass(frozen=True, slots=True)
class SansSignature:
    """Agents of a groupe who have not signed the charter in force, and read nothing."""

    formation: UUID
    nom: str
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TexteAAdopter:
    """A text the members proposed, which the council has not adopted yet."""

    public_id: UUID
    libelle: str
    formation: str
    propose_le: datetime
    fuseau: ZoneInfo


@dataclass(frozen=True, slots=True)
class PleniereDue:
    """A council that has not held its plenary this year. ``prevue``: the séance already prepared."""

    conseil: UUID
    nom: str
    formation: UUID | None
    prevue: datetime | None


def seances_dues(jusqua: datetime) -> list[SeanceDue]:
    """Séances that are not closed and begin before that instant, the earliest first."""
    etats = [EtatSeance.PREPAREE, EtatSeance.CONVOQUEE, EtatSeance.OUVERTE]
    dues = seances_visibles().filter(etat__in=etats, commence_le__lt=jusqua)
    lignes = list(dues.order_by("commence_le", "pk")[:LIMITE])
    coordonnes = set(cercles_coordonnes())
    sans_cercle = any(seance.formation.cercle_id is None for seance in lignes)
    tenus = set(_tenus().values_list("pk", flat=True)) if sans_cercle else set()
    return [
        SeanceDue(
            public_id=seance.public_id,
            numero=seance.numero,
            formation=seance.formation.nom,
            etat=seance.etat,
            commence_le=seance.commence_le,
            duree_minutes=seance.duree_minutes,
            conduite=seance.formation.cercle_id in coordonnes
            if seance.formation.cercle_id
            else seance.formation.conseil_id in tenus,
            fuseau=fuseau_du_conseil(seance.formation.conseil),
        )
        for seance in lignes
    ]


def _tenus() -> QuerySet[Conseil]:
    return conseils_tenus_par(acteur(), COORDINATION | PRESIDENTS)


def cercles_coordonnes() -> list[int]:
    """Cercles the actor coordinates and reads now."""
    return [mandat.cercle for mandat in mes_mandats() if mandat.coordonne]


def chartes_a_signer() -> list[MaCharte]:
    """Charters in force that the actor has not signed: until then the groupe stays shut."""
    return [charte for charte in mes_chartes() if charte.a_signer]


def mandats_finissants(jusqua: datetime) -> list[MandatFinissant]:
    """Mandates of the groupes the actor coordinates, and the actor's own, that end before that instant."""
    instant, compte = maintenant(), acteur_courant()
    lignes = (
        Habilitation.objects.en_vigueur(instant)
        .filter(
            Q(cercle__in=cercles_coordonnes()) | Q(compte=compte),
            periode__endswith__lt=jusqua,
            compte__actif=True,
        )
        .select_related("compte", "cercle__formation__conseil")
        .order_by("periode__endswith", "pk")[:LIMITE]
    )
    return [
        MandatFinissant(
            public_id=ligne.public_id,
            nom=ligne.compte.nom_complet,
            formation=ligne.cercle.formation.nom,
            fin=ligne.fin,
            a_moi=ligne.compte_id == compte,
            fuseau=fuseau_du_conseil(ligne.cercle.formation.conseil),
        )
        for ligne in lignes
        if ligne.fin is not None
    ]


def sans_signature() -> list[SansSignature]:
    """Agents without a signed charter, by groupe the actor coordinates."""
    par_groupe: dict[tuple[UUID, str], list[str]] = {}
    lignes = (
        habilites(maintenant())
        .filter(cercle__in=cercles_coordonnes())
        .exclude(compte=acteur_courant())
        .select_related("compte", "cercle__formation")
        .order_by("cercle__formation__nom", "compte__nom", "pk")
    )
    for ligne in lignes:
        if not ligne.signee:
            formation = ligne.cercle.formation
            par_groupe.setdefault((formation.public_id, formation.nom), []).append(ligne.compte.nom_complet)
    return [SansSignature(cle, nom, tuple(agents)) for (cle, nom), agents in par_groupe.items()]


def textes_a_adopter() -> list[TexteAAdopter]:
    """Texts proposed in the councils whose deliberations the actor records, the oldest first."""
    lignes = (
        Texte.objects.filter(etat=EtatTexte.PROPOSE, formation__conseil__in=_tenus().values("pk"))
        .select_related("formation__conseil")
        .order_by("propose_le", "pk")[:LIMITE]
    )
    return [
        TexteAAdopter(
            texte.public_id,
            texte.get_genre_display(),
            texte.formation.nom,
            texte.propose_le,
            fuseau_du_conseil(texte.formation.conseil),
        )
        for texte in lignes
        if texte.propose_le is not None
    ]


def plenieres_dues(annee: int, *, tenus: bool) -> list[PleniereDue]:
    """Active councils without a plenary closed in the year: those the actor keeps, or all those seen."""
    conseils = conseils_de(acteur())
    if tenus:
        conseils = conseils.filter(pk__in=_tenus().values("pk"))
    plenieres = _plenieres_de(annee, conseils)
    lus = conseils.only("public_id", "nom", "commune_code", "departement_code")
    dues = [
        (conseil.pk, conseil.public_id, conseil.nom, _prevue(plenieres.get(conseil.pk, [])))
        for conseil in lus
        if not any(etat == EtatSeance.CLOSE for etat, _ in plenieres.get(conseil.pk, []))
    ][:LIMITE]
    formations = dict(
        Formation.objects.actives(maintenant())
        .filter(conseil__in=[cle for cle, *_ in dues], genre=GenreFormation.PLENIERE)
        .values_list("conseil_id", "public_id")
    )
    return [PleniereDue(public_id, nom, formations.get(cle), prevue) for cle, public_id, nom, prevue in dues]


def _plenieres_de(annee: int, conseils: QuerySet[Conseil]) -> dict[int, list[tuple[str, datetime]]]:
    """Plenaries of the year, by council: state and instant. The year is that of the council's territory."""
    un_jour = timedelta(days=1)
    lignes = (
        Seance.objects.filter(
            formation__conseil__in=conseils.values("pk"),
            formation__genre=GenreFormation.PLENIERE,
            commence_le__gte=datetime(annee, 1, 1, tzinfo=UTC) - un_jour,
            commence_le__lt=datetime(annee + 1, 1, 1, tzinfo=UTC) + un_jour,
        )
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("formation__conseil")
        .order_by("commence_le", "pk")
    )
    plenieres: dict[int, list[tuple[str, datetime]]] = {}
    for seance in lignes:
        conseil = seance.formation.conseil
        if seance.commence_le.astimezone(fuseau_du_conseil(conseil)).year == annee:
            plenieres.setdefault(conseil.pk, []).append((seance.etat, seance.commence_le))
    return plenieres


def _prevue(plenieres: list[tuple[str, datetime]]) -> datetime | None:
    return plenieres[0][1] if plenieres else None


@une_fois
def fuseau_de_l_acteur() -> ZoneInfo:
    """Where the actor's day begins and ends: on the clocks of their groupes, else of their territories.

    Paris for who works nowhere in particular, or on several clocks at once.
    """
    lieux = {fuseau_du_conseil(mandat.formation.conseil) for mandat in mes_mandats()}
    if not lieux:
        lieux = {fuseau_du_conseil(conseil) for conseil in _tenus()} | _fuseaux_exerces()
    return lieux.pop() if len(lieux) == 1 else FUSEAU_METROPOLE


def _fuseaux_exerces() -> set[ZoneInfo]:
    du_lieu = {"commune": fuseau_de_commune, "departement": fuseau}
    exercees = portees_exercees(acteur())
    return {du_lieu[genre](code) for genre, code in exercees if genre in du_lieu}


def fin_d_annee(jour: date) -> date:
    """The last day on which the year's plenary may be held (CSI, art. L. 132-4)."""
    return date(jour.year, 12, 31)
