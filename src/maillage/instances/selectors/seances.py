"""Reads of séances: a nominative one exists only for those who read its cercle."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from maillage.acteurs.api import lire_avec_noms, nom_affiche
from maillage.instances.etats_seance import A_TENIR, EtatSeance
from maillage.instances.lieu import situer
from maillage.instances.models import Formation, Role
from maillage.instances.models.seance import EtatPresence, Point, PointTheme, Presence, Seance
from maillage.instances.perms import COORDINATION, PRESIDENTS
from maillage.instances.points import PointPropose, Presentation, SourceDePoints, source, sources
from maillage.instances.selectors.acces import (
    fuseau_du_conseil,
    habilites,
    mes_cercles,
    place_dans,
    role_dans,
)
from maillage.instances.selectors.conseils import acteur, formations_visibles_par, tient
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant

#: The one decision every file knows: it comes back at the next séance.
REPORTER, LIBELLE_REPORTER = "reporter", "Reporter à la prochaine séance"


@dataclass(frozen=True)
class LigneDePoint:
    """A point of the agenda with the file it leads to, as the actor may see it."""

    point: Point
    presentation: Presentation
    source: SourceDePoints
    precision: str = ""

    @property
    def decide(self) -> bool:
        return bool(self.point.decision)

    @property
    def libelle_decision(self) -> str:
        """The words of the decision taken, as the room that owns the file says them."""
        libelle = self.en_clair(self.point.decision)
        return f"{libelle} : {self.precision}" if self.precision else libelle

    def en_clair(self, decision: str) -> str:
        """The words of a decision; empty for one this kind of file does not know."""
        return LIBELLE_REPORTER if decision == REPORTER else self.source.libelles.get(decision, "")


@dataclass(frozen=True)
class Attendu:
    """Someone expected at a séance, as the actor may name them."""

    pk: int
    nom: str
    organisme: str
    etat: str
    #: False for a member of a nominative groupe who has not signed: they may not hear a name.
    signe: bool = True

    @property
    def intitule(self) -> str:
        mentions = [self.organisme] if self.organisme else []
        if not self.signe:
            mentions.append("charte non signée")
        return f"{self.nom} ({', '.join(mentions)})" if mentions else self.nom

    @property
    def libelle_etat(self) -> str:
        return str(EtatPresence(self.etat).label).lower()


def seances_visibles() -> QuerySet[Seance]:
    """Séances of the formations the actor sees; those of a nominative groupe only to its readers."""
    formations = formations_visibles_par(acteur()).filter(
        Q(cercle__isnull=True) | Q(cercle__in=mes_cercles())
    )
    return Seance.objects.filter(formation__in=formations.values("pk")).select_related(
        "formation", "formation__conseil"
    )


def conduit(formation: Formation) -> bool:
    """Whether the actor runs its séances: the coordinator of the cercle, or of the council."""
    if formation.cercle_id is not None:
        return role_dans(formation.cercle_id) == Role.COORDONNATEUR
    return tient(acteur(), formation.conseil, COORDINATION | PRESIDENTS)


def seance_visible(public_id: UUID, *, verrou: bool = False) -> Seance:
    """One séance, locked when it is about to change. Raises ``Introuvable``."""
    lignes = seances_visibles()
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    seance = lignes.filter(public_id=public_id).first()
    if seance is None:
        raise Introuvable(public_id)
    situer(seance.formation)
    return seance


def seances_a_venir(limite: int = 20) -> list[Seance]:
    """Séances under way or to come, the nearest first."""
    a_venir = Q(etat__in=A_TENIR)
    return list(seances_visibles().filter(a_venir).order_by("commence_le", "pk")[:limite])


def seances_passees(avant: datetime | None = None, limite: int = 20) -> list[Seance]:
    """Closed and cancelled séances, the latest first; ``avant`` is the cursor of the next page."""
    lignes = seances_visibles().filter(etat__in=[EtatSeance.CLOSE, EtatSeance.ANNULEE])
    if avant is not None:
        lignes = lignes.filter(commence_le__lt=avant)
    return list(lignes.order_by("-commence_le", "-pk")[:limite])


def points_de(seance: Seance) -> list[LigneDePoint]:
    """The nominative points in order, each presented by its own room; a file out of sight is left out."""
    points = list(Point.objects.filter(seance=seance).order_by("rang", "pk"))
    cercle = seance.formation.cercle_id
    if cercle is None:
        return []
    vus = {genre: source(genre).presenter(cercle, objets) for genre, objets in _par_genre(points).items()}
    precis = {point.genre for point in points if point.precision}
    mots = {genre: source(genre).precisions(cercle) for genre in precis}
    return [
        LigneDePoint(
            point,
            vus[point.genre][point.objet],
            source(point.genre),
            mots.get(point.genre, {}).get(point.decision, {}).get(point.precision, ""),
        )
        for point in points
        if point.objet in vus[point.genre]
    ]


def _par_genre(points: Sequence[Point]) -> dict[str, list[UUID]]:
    genres: dict[str, list[UUID]] = {}
    for point in points:
        genres.setdefault(point.genre, []).append(point.objet)
    return genres


def themes_de(seance: Seance) -> list[PointTheme]:
    """The subjects without a name, in order."""
    return list(PointTheme.objects.filter(seance=seance).order_by("rang"))


def presences_de(seance: Seance) -> list[Attendu]:
    """Who is expected, by name; a sensitive organism is masked for who must not know it."""
    lecteur, cercle = acteur(), seance.formation.cercle_id
    place = place_dans(cercle, lecteur) if cercle is not None else None
    signataires = _signataires(seance)
    lignes = lire_avec_noms(
        Presence.objects.filter(seance=seance).select_related("siege__organisme", "compte"),
        "siege__organisme",
    )
    attendus_ = [
        Attendu(
            pk=ligne.pk,
            nom=ligne.compte.nom_complet if ligne.compte else organisme,
            organisme=organisme if ligne.compte else ligne.siege.qualite,
            etat=ligne.etat,
            signe=signataires is None or ligne.compte_id in signataires,
        )
        for ligne in lignes
        for organisme in [nom_affiche(ligne.siege.organisme, lecteur, place=place)]
    ]
    return sorted(attendus_, key=lambda attendu: (attendu.nom, attendu.pk))


def _signataires(seance: Seance) -> set[int] | None:
    """Accounts that may hear the names of this séance; None where none is said, or once it is over."""
    cercle = seance.formation.cercle_id
    if cercle is None or seance.etat not in A_TENIR:
        return None
    membres = habilites(maintenant()).filter(Q(charte_signee=True), cercle=cercle)
    return set(membres.values_list("compte", flat=True))


def sans_charte(seance: Seance, presences: Collection[int]) -> list[str]:
    """Names, among these presences at a nominative groupe, of who has not signed the charter in force."""
    return [attendu.nom for attendu in presences_de(seance) if attendu.pk in presences and not attendu.signe]


def nombre_de_presents(seance: Seance) -> int:
    """Members noted as present."""
    return Presence.objects.filter(seance=seance, etat=EtatPresence.PRESENT).count()


def attendus(formation: Formation) -> list[tuple[int, int | None]]:
    """Who should be convened: (seat, account) in a nominative groupe, (seat, None) elsewhere."""
    if formation.cercle_id is None:
        sieges = formation.sieges.en_vigueur(maintenant())
        return [(siege, None) for siege in sieges.values_list("pk", flat=True)]
    membres = habilites(maintenant()).filter(cercle=formation.cercle_id)
    return list(membres.values_list("siege_id", "compte_id"))


def jour_de(seance: Seance) -> date:
    """The day of a séance on the clocks of its territory."""
    return seance.commence_le.astimezone(fuseau_du_conseil(seance.formation.conseil)).date()


def propositions(seance: Seance) -> list[tuple[SourceDePoints, list[PointPropose]]]:
    """What each room proposes for this agenda and is not on it yet: what is due around its own day."""
    cercle = seance.formation.cercle_id
    if cercle is None:
        return []
    le = jour_de(seance)
    inscrits = set(Point.objects.filter(seance=seance).values_list("objet", flat=True))
    return [
        (offre, [propose for propose in offre.proposer(cercle, le) if propose.objet not in inscrits])
        for offre in sources(seance.formation.genre)
    ]


def decompte(seances: Sequence[Seance]) -> dict[int, tuple[int, int]]:
    """(subjects, named points) of each séance, in two queries whatever their number."""
    cles = [seance.pk for seance in seances]
    themes = dict(
        PointTheme.objects.filter(seance__in=cles).values_list("seance").annotate(n=Count("pk")).order_by()
    )
    points = dict(
        Point.objects.filter(seance__in=cles).values_list("seance").annotate(n=Count("pk")).order_by()
    )
    return {cle: (themes.get(cle, 0), points.get(cle, 0)) for cle in cles}
