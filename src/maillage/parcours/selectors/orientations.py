"""A person's path as the groupe's page shows it, and the people a body receives. Every read is journalled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from maillage.acteurs.api import NOM_MASQUE, Organisme, lire_avec_noms
from maillage.instances.api import CercleVu, cercles_d_accueil
from maillage.parcours.accueils import DonneesAccueil
from maillage.parcours.accueils import ouvrir as ouvrir_les_accueils
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.models import Accueil, Orientation, Participation, PhaseSuivie, Presence
from maillage.parcours.selectors.dispositifs import dispositif_masque, dispositifs_par_code
from maillage.parcours.states import EtatOrientation
from maillage.situations.api import (
    Designation,
    Ici,
    Situation,
    organisme_cache,
    orientations_decidees,
    une,
    visibles,
)
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable

MASQUE = "Lieu d’accueil masqué"


@dataclass(frozen=True, slots=True)
class ParticipationVue:
    """A participation with its days, its phases and the name of the body, as this reader may read it."""

    participation: Participation
    organisme: str
    presences: tuple[Presence, ...]
    phases: tuple[PhaseSuivie, ...]
    avec_compte: bool

    @property
    def heures(self) -> Decimal:
        return sum((presence.heures for presence in self.presences), Decimal(0))

    @property
    def reste(self) -> Decimal | None:
        prevues = self.participation.heures_prevues
        return max(Decimal(0), prevues - self.heures) if prevues is not None else None


@dataclass(frozen=True, slots=True)
class OrientationVue:
    """An orientation with its scheme, in the words this reader may read; the newest participation first."""

    orientation: Orientation
    dispositif: Dispositif | None
    libelle: str
    masque: bool
    participations: tuple[ParticipationVue, ...]

    @property
    def derniere(self) -> ParticipationVue | None:
        return self.participations[0] if self.participations else None

    @property
    def etat(self) -> str:
        """The state of the whole: the participation's, between the transmission and what follows."""
        if self.orientation.etat == EtatOrientation.TRANSMISE and self.derniere is not None:
            return self.derniere.participation.etat
        return self.orientation.etat


@dataclass(frozen=True, slots=True)
class Decidee:
    """A decision of a séance that nobody has turned into a proposal yet."""

    le: date
    destination: str


def decisions_a_completer(situation: Situation) -> tuple[Decidee, ...]:
    """What the groupe decided in séance and that no orientation carries out."""
    faites = set(visibles(Orientation).filter(situation=situation).values_list("decidee_le", "destination"))
    decidees = orientations_decidees(situation.cercle_id, situation.public_id)
    return tuple(Decidee(le, vers) for le, vers in decidees if vers and (le, vers) not in faites)


def parcours_de(situation: Situation, acteur: Ici) -> tuple[OrientationVue, ...]:
    """Every orientation of the file, the newest first, in a fixed number of queries."""
    return _vues(visibles(Orientation).filter(situation=situation).order_by("-proposee_le", "-pk"), acteur)


def orientation_vue(public_id: UUID, acteur: Ici) -> OrientationVue:
    """One of them, journalled. Raises ``Introuvable``."""
    lue = une(Orientation, public_id)
    journaliser("lecture_orientation", objet=public_id, cercle=lue.cercle_id)
    return _vues(visibles(Orientation).filter(pk=lue.pk), acteur)[0]


def _vues(lignes: QuerySet[Orientation], acteur: Ici) -> tuple[OrientationVue, ...]:
    lues = list(lignes)
    # Whoever reads the orientation reads its participation: both have the groupe's wall.
    siennes = lire_avec_noms(
        visibles(Participation)
        .filter(orientation__in=lues)
        .select_related("organisme")
        .prefetch_related(
            Prefetch("presences", Presence.objects.order_by("-le")),
            Prefetch("phases", PhaseSuivie.objects.order_by("rang")),
        )
        .order_by("-pk"),
        "organisme",
    )
    dispositifs = dispositifs_par_code(lue.dispositif_code for lue in lues)
    par_orientation: dict[int, list[ParticipationVue]] = {}
    for participation in siennes:
        par_orientation.setdefault(participation.orientation_id, []).append(
            _participation(participation, acteur)
        )
    suivies = _suivies(lues, acteur)
    return tuple(
        _vue(lue, dispositifs.get(lue.dispositif_code), par_orientation, acteur, lue.situation_id in suivies)
        for lue in lues
    )


def _suivies(lues: list[Orientation], acteur: Ici) -> set[int]:
    """The files of which the actor is the référent: who proposes a scheme knows its name."""
    designations = visibles(Designation).filter(
        situation__in={lue.situation_id for lue in lues}, referent=acteur.compte, jusqua__isnull=True
    )
    return set(designations.values_list("situation", flat=True))


def _vue(
    lue: Orientation,
    dispositif: Dispositif | None,
    par_orientation: dict[int, list[ParticipationVue]],
    acteur: Ici,
    suivie: bool,
) -> OrientationVue:
    sait = suivie or lue.par_id == acteur.compte
    masque = (
        not sait and dispositif is not None and dispositif_masque(dispositif, acteur.fonctions, acteur.place)
    )
    if dispositif is None:
        libelle = "Dispositif retiré"
    else:
        libelle = dispositif.libelle_neutre if masque else dispositif.libelle
    siennes = tuple(par_orientation.get(lue.pk, ()))
    if masque:
        siennes = tuple(_sans_lieu(vue) for vue in siennes)
    return OrientationVue(lue, dispositif, libelle, masque, siennes)


def _sans_lieu(vue: ParticipationVue) -> ParticipationVue:
    return ParticipationVue(vue.participation, MASQUE, vue.presences, (), vue.avec_compte)


def _participation(lue: Participation, acteur: Ici) -> ParticipationVue:
    return ParticipationVue(
        participation=lue,
        organisme=_nom(lue.organisme, acteur),
        presences=tuple(lue.presences.all()),
        phases=tuple(lue.phases.all()),
        avec_compte=lue.cercle_prestataire_id is not None,
    )


def _nom(organisme: Organisme | None, acteur: Ici) -> str:
    if organisme is None:
        return "Lieu à préciser"
    return NOM_MASQUE if organisme_cache(organisme, acteur) else organisme.nom_le(acteur.jour)


# --- The body's side -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccueilVu:
    """Someone the actor's body receives: what was handed over, and the participation."""

    accueil: DonneesAccueil
    participation: Participation
    presences: tuple[Presence, ...]
    lieu: CercleVu

    @property
    def nom(self) -> str:
        """Once it is over, first name and initial only, until it is erased."""
        accueil = self.accueil
        if self.participation.finie_le is None:
            return f"{accueil.prenom} {accueil.nom}"
        return f"{accueil.prenom} {accueil.nom[:1]}."

    @property
    def heures(self) -> Decimal:
        return sum((presence.heures for presence in self.presences), Decimal(0))

    @property
    def reste(self) -> Decimal | None:
        prevues = self.participation.heures_prevues
        return max(Decimal(0), prevues - self.heures) if prevues is not None else None


def mes_accueils(*, public_id: UUID | None = None) -> tuple[AccueilVu, ...]:
    """The people received in the cercles of the actor's body: those expected first, those over last."""
    lieux = {vu.id: vu for vu in cercles_d_accueil()}
    lignes = Accueil.objects.filter(cercle__in=lieux).select_related("participation")
    if public_id is not None:
        lignes = lignes.filter(participation__public_id=public_id)
    lus = list(
        lignes.prefetch_related(
            Prefetch("participation__presences", Presence.objects.order_by("-le"))
        ).order_by("participation__finie_le", "participation__debut_prevu", "pk")
    )
    if lus:
        journaliser(
            "lecture_liste",
            details={"liste": "accueils", "objets": sorted(str(lu.public_id) for lu in lus)},
        )
    ouverts = ouvrir_les_accueils(lus)
    vus = [
        AccueilVu(
            ouverts[lu.public_id],
            lu.participation,
            tuple(lu.participation.presences.all()),
            lieux[lu.cercle_id],
        )
        for lu in lus
    ]
    return tuple(sorted(vus, key=lambda vu: vu.participation.finie_le is not None))


def mon_accueil(participation: UUID) -> AccueilVu:
    """One of them, from its participation. Raises ``Introuvable``."""
    vus = mes_accueils(public_id=participation)
    if not vus:
        raise Introuvable(participation)
    return vus[0]
