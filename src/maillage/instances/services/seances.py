"""Commands on séances. Each one is journalled; a decision is applied by the room that owns the file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from maillage.droit.api import Verdict
from maillage.instances import regles_seance
from maillage.instances.etats_seance import A_TENIR, EtatSeance
from maillage.instances.modeles_seance import modeles
from maillage.instances.models import Formation
from maillage.instances.models.seance import EtatPresence, Point, PointTheme, Presence, Seance
from maillage.instances.points import DecisionPrise, PointPropose, source, sources
from maillage.instances.selectors.acces import fuseau_de_la_formation, fuseau_du_conseil
from maillage.instances.selectors.conseils import formation_visible
from maillage.instances.selectors.seances import (
    REPORTER,
    attendus,
    conduit,
    jour_de,
    nombre_de_presents,
    sans_charte,
    seance_visible,
)
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.socle.contexte import acteur_requis
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande, modifier
from maillage.socle.temps import maintenant


def _exiger(verdict: Verdict, *, objet: UUID, statut: int = 422) -> None:
    if not verdict.ok:
        raise Refus(verdict, statut=statut, objet=objet)


def _exiger_conduite(formation: Formation) -> None:
    if not conduit(formation):
        raise Refus(regles_seance.conduite_refusee(), statut=403, objet=formation.public_id)


@commande
def preparer_seance(
    *, formation: UUID, modele: str, commence_le: datetime, duree_minutes: int, lieu: str
) -> Seance:
    """Prepare the next séance of a formation, with the agenda of its template."""
    lue: Formation = formation_visible(formation, verrou=True)
    _exiger_conduite(lue)
    _exiger(regles_seance.preparation(commence_le=commence_le, maintenant=maintenant()), objet=formation)
    dernier = Seance.objects.filter(formation=lue).aggregate(n=Max("numero"))["n"] or 0
    seance = Seance.objects.create(
        formation=lue,
        numero=dernier + 1,
        modele=modele,
        commence_le=commence_le,
        duree_minutes=duree_minutes,
        lieu=lieu,
        preparee_par_id=acteur_requis(),
    )
    PointTheme.objects.bulk_create(
        PointTheme(seance=seance, rang=rang, partie=point.partie, titre=point.titre)
        for rang, point in enumerate(modeles()[modele].points, start=1)
    )
    journaliser("seance_preparee", objet=seance.public_id, cercle=lue.cercle_id)
    return seance


@commande
def inscrire_points(*, seance: UUID, objets: Sequence[UUID]) -> int:
    """Put files on the agenda, among those their room proposes. Returns how many were added."""
    lue = _seance_geree(seance)
    _exiger(regles_seance.terminee(etat=lue.etat), objet=seance)
    cercle = lue.formation.cercle_id
    if cercle is None:
        raise Introuvable(seance)
    proposes = _proposes(lue, cercle)
    dernier = Point.objects.filter(seance=lue).aggregate(n=Max("rang"))["n"] or 0
    deja = set(Point.objects.filter(seance=lue).values_list("objet", flat=True))
    voulus = [objet for objet in dict.fromkeys(objets) if objet not in deja]
    for rang, objet in enumerate(voulus, start=dernier + 1):
        if objet not in proposes:
            raise Introuvable(objet)
        genre = proposes[objet][0]
        Point.objects.create(cercle_id=cercle, seance=lue, rang=rang, genre=genre, objet=objet)
        source(genre).inscrire(cercle, objet)
        journaliser("point_inscrit", objet=objet, cercle=cercle, details={"seance": str(seance)})
    return len(voulus)


def _proposes(lue: Seance, cercle: int) -> dict[UUID, tuple[str, PointPropose]]:
    le = jour_de(lue)
    return {
        propose.objet: (offre.genre, propose)
        for offre in sources(lue.formation.genre)
        for propose in offre.proposer(cercle, le)
    }


@commande
def retirer_point(*, seance: UUID, point: UUID) -> None:
    """Take an undecided file off the agenda."""
    lue = _seance_geree(seance)
    _exiger(regles_seance.terminee(etat=lue.etat), objet=seance)
    retire = Point.objects.filter(seance=lue, public_id=point, decision="").first()
    if retire is None or not Point.objects.filter(pk=retire.pk, decision="").delete()[0]:
        raise Introuvable(point)
    _liberer([retire])
    journaliser("point_retire", objet=point, cercle=lue.formation.cercle_id)


def _liberer(points: Sequence[Point]) -> None:
    """Tell each file's room that it left an agenda, unless it still waits on another one."""
    attendent = set(
        Point.objects.filter(
            cercle__in={point.cercle_id for point in points},
            objet__in=[point.objet for point in points],
            decision="",
            seance__etat__in=A_TENIR,
        ).values_list("objet", flat=True)
    )
    for point in points:
        if point.objet not in attendent:
            source(point.genre).retirer(point.cercle_id, point.objet)


@commande
def convoquer(*, seance: UUID, version: int) -> int:
    """Convene the members. Returns how many are expected; the message they get holds no name."""
    lue = _seance_geree(seance)
    _passer(lue, EtatSeance.CONVOQUEE, version=version, convoquee_le=maintenant())
    return _inviter(lue)


def _inviter(seance: Seance) -> int:
    invites = [
        Presence(seance=seance, siege_id=siege, compte_id=compte)
        for siege, compte in attendus(seance.formation)
    ]
    Presence.objects.bulk_create(invites, ignore_conflicts=True)
    return len(invites)


@commande
def ouvrir_seance(*, seance: UUID, version: int, avant_sa_date: bool = False) -> None:
    """Open the séance: members habilitated since the convocation are expected too.

    ``avant_sa_date``: whoever conducts it confirmed that it opens before its day; the journal keeps it.
    """
    lue = _seance_geree(seance)
    jour = aujourd_hui_du_conseil(lue.formation.conseil)
    prevue = lue.commence_le.astimezone(fuseau_du_conseil(lue.formation.conseil)).date()
    verdict = regles_seance.ouverture(prevue_le=prevue, aujourd_hui=jour, avant_sa_date=avant_sa_date)
    _exiger(verdict, objet=seance)
    if prevue > jour:
        journaliser(
            "seance_avancee",
            objet=seance,
            cercle=lue.formation.cercle_id,
            details={"jours": (prevue - jour).days},
        )
    _passer(lue, EtatSeance.OUVERTE, version=version, ouverte_le=maintenant())
    _inviter(lue)


@commande
def annuler_seance(*, seance: UUID, version: int) -> None:
    """Cancel a séance that was not opened; its number is not used again."""
    lue = _seance_geree(seance)
    _passer(lue, EtatSeance.ANNULEE, version=version)
    _liberer(list(Point.objects.filter(seance=lue, decision="")))


@commande
def noter_presences(*, seance: UUID, etats: Mapping[int, str]) -> None:
    """Record who is there, by the id of the expected presence."""
    lue = _seance_geree(seance)
    _exiger(regles_seance.terminee(etat=lue.etat), objet=seance)
    presents = [cle for cle, etat in etats.items() if etat == EtatPresence.PRESENT]
    _exiger(regles_seance.presence(sans_charte=sans_charte(lue, presents)), objet=seance)
    for presence, etat in etats.items():
        Presence.objects.filter(seance=lue, pk=presence).update(etat=EtatPresence(etat))
    journaliser("presences_notees", objet=lue.public_id, cercle=lue.formation.cercle_id)


@commande
def conclure_theme(*, seance: UUID, theme: UUID, releve: str, version: int) -> None:
    """Write what was concluded on a subject without a name."""
    lue = _seance_geree(seance)
    if lue.etat != EtatSeance.OUVERTE:
        _exiger(regles_seance.passage(depuis=lue.etat, vers=EtatSeance.OUVERTE), objet=seance)
    modifier(PointTheme.objects.filter(seance=lue, public_id=theme), version=version, releve=releve)
    journaliser("theme_conclu", objet=theme, cercle=lue.formation.cercle_id)


@commande
def decider_point(*, seance: UUID, point: UUID, decision: str, precision: str = "", version: int) -> None:
    """Record the collective decision on a file, and have its room apply it in the same transaction."""
    lue = _seance_geree(seance)
    a_decider = Point.objects.filter(seance=lue, public_id=point).select_for_update().first()
    if a_decider is None:
        raise Introuvable(point)
    offre = source(a_decider.genre)
    ouvertes = {choix.code for choix in offre.decisions(a_decider.cercle_id, a_decider.objet)} | {REPORTER}
    deja = bool(a_decider.decision)
    verdict = regles_seance.decision(
        etat=lue.etat,
        presents=nombre_de_presents(lue),
        deja_decide=deja,
        ouverte=deja or decision in ouvertes,
    )
    _exiger(verdict, objet=point, statut=409 if deja else 422)
    instant = maintenant()
    modifier(
        Point.objects.filter(pk=a_decider.pk),
        version=version,
        decision=decision,
        precision=precision,
        decide_le=instant,
        decide_par_id=acteur_requis(),
    )
    if decision == REPORTER:
        _liberer([a_decider])
    else:
        offre.appliquer(
            DecisionPrise(
                cercle=a_decider.cercle_id,
                objet=a_decider.objet,
                decision=decision,
                precision=precision,
                seance=lue.public_id,
                le=instant.astimezone(fuseau_de_la_formation(lue.formation)).date(),
            )
        )
    journaliser("decision", objet=a_decider.objet, cercle=a_decider.cercle_id, details={"decision": decision})


@commande
def clore_seance(*, seance: UUID, version: int) -> None:
    """Close the séance: its record is fixed, its fact is counted once."""
    lue = _seance_geree(seance)
    sans_decision = Point.objects.filter(seance=lue, decision="").count()
    deja = lue.etat == EtatSeance.CLOSE
    _exiger(
        regles_seance.cloture(etat=lue.etat, sans_decision=sans_decision),
        objet=seance,
        statut=409 if deja else 422,
    )
    instant = maintenant()
    _passer(lue, EtatSeance.CLOSE, version=version, close_le=instant)
    noter(
        "seance",
        le=instant.astimezone(fuseau_de_la_formation(lue.formation)),
        instance=lue.formation.conseil_id,
        departement=lue.formation.conseil.departement_code,
        genre=lue.modele,
    )


def _seance_geree(public_id: UUID) -> Seance:
    """The séance, locked, if the actor sees it and runs it."""
    seance = seance_visible(public_id, verrou=True)
    _exiger_conduite(seance.formation)
    return seance


def _passer(seance: Seance, vers: EtatSeance, *, version: int, **dates: datetime) -> None:
    _exiger(regles_seance.passage(depuis=seance.etat, vers=vers), objet=seance.public_id)
    modifier(Seance.objects.filter(pk=seance.pk), version=version, etat=vers, **dates)
    journaliser(f"seance_{vers.value}", objet=seance.public_id, cercle=seance.formation.cercle_id)
