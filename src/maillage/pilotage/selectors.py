"""Reads of anonymous facts and of councils. No table here names a followed person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from statistics import median_low
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractQuarter, ExtractYear

from maillage.acteurs.api import Compte, compte_du_lecteur, portees_de
from maillage.instances.api import Conseil, conseils_visibles_par, fuseau_du_conseil
from maillage.pilotage.comptes import AXES, DECISIONS_FINALES, Fait
from maillage.pilotage.perms import LECTEURS_DU_DEPARTEMENT
from maillage.socle.contexte import acteur_courant
from maillage.socle.models import FaitStatistique
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste
from maillage.territoires.api import Departement

#: Contacts in which the person was met or reached.
CONTACTS_ABOUTIS = frozenset(item.code for item in liste("contacts") if item.attributs["abouti"])

#: delay -> which facts carry it. The first of a follow-up counts, in its year.
DELAIS = {
    "decision": Q(evenement="decision", genre__in=DECISIONS_FINALES),
    "contact": Q(evenement="contact", genre__in=CONTACTS_ABOUTIS),
    "lettre": Q(evenement="lettre"),
    "designation": Q(evenement="designation"),
    "participation": Q(evenement="participation"),
    "rappel": Q(evenement="rappel"),
    "proposition": Q(evenement="transaction_proposee"),
    "reponse": Q(evenement="transaction", issue__in=["acceptee", "refus"]),
    "homologation": Q(evenement="transaction", issue="homologuee"),
    "execution": Q(evenement="transaction", issue="executee"),
    "avis": Q(evenement="avis_recu"),
    "audition": Q(evenement="famille_entendue"),
}


def acteur() -> Compte:
    """The account of the actor. Raises ``Introuvable`` when nobody acts."""
    compte = compte_du_lecteur(acteur_courant() or 0)
    if compte is None or not compte.actif:
        raise Introuvable()
    return compte


def conseils_lisibles() -> QuerySet[Conseil]:
    """Councils whose figures the actor reads: those of their territory, mandate or seat."""
    return conseils_visibles_par(acteur())


def conseil_lisible(public_id: UUID) -> Conseil:
    """One of them. Absent and hidden are the same answer."""
    conseil = conseils_lisibles().filter(public_id=public_id).first()
    if conseil is None:
        raise Introuvable(public_id)
    return conseil


def _si_compte(axe: str, colonne: F | ExtractQuarter, sinon: object) -> Case:
    """The column where the event is divided by it, else nothing: facts then add up in few lines."""
    evenements = sorted(evenement for evenement, axes in AXES.items() if axe in axes)
    return Case(When(evenement__in=evenements, then=colonne), default=Value(sinon))


#: Annotations of the facts, in the order of the fields of ``Fait``.
_COLONNES = {
    "an": ExtractYear("mois"),
    "par_trimestre": _si_compte("trimestre", ExtractQuarter("mois"), 0),
    **{
        f"par_{axe}": _si_compte(axe, F("tranche_age" if axe == "tranche" else axe), "")
        for axe in ("volet", "genre", "exposition", "tranche", "origine", "motif", "issue", "qpv")
    },
}


def faits(conseils: Collection[int], *, jusqu_en: int) -> list[Fait]:
    """Facts of these councils up to the end of a year, added up by year; ends at the age limit too."""
    lignes = (
        FaitStatistique.objects.filter(instance__in=conseils, mois__lte=date(jusqu_en, 12, 1))
        .exclude(evenement__in=["seance", "terme"])
        .annotate(**_COLONNES)
        .values_list("instance", "evenement", *_COLONNES)
        .annotate(n=Sum("nombre"))
        # A fact that its author took back adds up to nothing: as though it had never been counted.
        .exclude(n=0)
        .order_by()
    )
    return [*(Fait(*ligne) for ligne in lignes), *_fins_par_l_age(conseils, jusqu_en)]


def _fins_par_l_age(conseils: Collection[int], jusqu_en: int) -> list[Fait]:
    """Follow-ups that reached the age limit open: said beforehand, counted once their year is over.

    The year is over at midnight where the council works. Nothing here depends on the retention run.
    """
    closes = FaitStatistique.objects.filter(evenement="cloture", fil=OuterRef("fil"))
    termes = (
        FaitStatistique.objects.filter(~Exists(closes), evenement="terme", instance__in=conseils)
        .order_by("fil", "-pk")
        .distinct("fil")
    )
    prevus = list(
        FaitStatistique.objects.filter(pk__in=termes.values("pk"), mois__lte=date(jusqu_en, 12, 1))
        .values_list("instance", ExtractYear("mois"), "volet", "issue")
        .annotate(n=Count("pk"))
        .order_by()
    )
    lieux = Conseil.objects.filter(pk__in={instance for instance, *_ in prevus})
    en_cours = {conseil.pk: aujourd_hui(fuseau_du_conseil(conseil)).year for conseil in lieux}
    return [
        Fait(instance, "cloture", an, 0, volet=volet, issue=issue, nombre=nombre)
        for instance, an, volet, issue, nombre in prevus
        if an < en_cours[instance]
    ]


def delais(conseils: Collection[int], *, annees: Iterable[int]) -> dict[tuple[str, int], list[int]]:
    """Days of each follow-up, by delay and by year of its first event, in one query for each delay."""
    voulues = set(annees)
    jours: dict[tuple[str, int], list[int]] = defaultdict(list)
    compenses = FaitStatistique.objects.filter(instance__in=conseils, nombre__lt=0)
    repris = list(compenses.values_list("fil", flat=True).distinct())
    for code, condition in DELAIS.items():
        lus = FaitStatistique.objects.filter(condition, instance__in=conseils, delai_jours__isnull=False)
        lignes = (
            lus.exclude(fil__in=repris)
            .values("fil")
            .annotate(premier=Min("mois"), jours=Min("delai_jours"))
            .values_list("premier", "jours")
            .order_by()
        )
        for premier, duree in (*lignes, *_premiers_restants(lus.filter(fil__in=repris))):
            if premier.year in voulues:
                jours[code, premier.year].append(duree)
    return jours


def _premiers_restants(lus: QuerySet[FaitStatistique]) -> list[tuple[date, int]]:
    """The same for the few follow-ups of which an entry was taken back: what still counts is what is left."""
    restants: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    groupes = lus.values("fil", "mois", "delai_jours").annotate(n=Sum("nombre")).filter(n__gt=0).order_by()
    for groupe in groupes:
        restants[groupe["fil"]].append((groupe["mois"], groupe["delai_jours"] or 0))
    return [(min(mois for mois, _ in siens), min(jours for _, jours in siens)) for siens in restants.values()]


def mediane(jours: Collection[int], seuil: int) -> int | None:
    """The median delay, None where it would describe too few follow-ups to be shown."""
    return median_low(jours) if len(jours) > seuil else None


def departement_lisible(code: str) -> Departement:
    """A département whose sums the actor reads: exercised there, or nationally."""
    compte = acteur()
    lues = {portee for fonction in LECTEURS_DU_DEPARTEMENT for portee in portees_de(compte, fonction)}
    departement = Departement.objects.filter(code=code).first()
    if departement is None or not (("departement", code) in lues or "national" in compte.fonctions):
        raise Introuvable()
    return departement


def communes_tenues() -> frozenset[str]:
    """Communes of which the actor is the mayor, a delegated official or the coordinator."""
    compte = acteur()
    return frozenset(
        code
        for fonction in ("maire", "elu_delegue", "coordonnateur")
        if fonction in compte.fonctions
        for genre, code in portees_de(compte, fonction)
        if genre == "commune"
    )


def departements_lisibles() -> tuple[tuple[str, str], ...]:
    """Code and name of the départements the actor reads sums of: those of a function, or all those with
    a recorded council for the national level.
    """
    compte = acteur()
    codes = {
        code
        for fonction in LECTEURS_DU_DEPARTEMENT
        for genre, code in portees_de(compte, fonction)
        if genre == "departement"
    }
    if "national" in compte.fonctions:
        codes |= set(Conseil.objects.values_list("departement_code", flat=True))
    return tuple(Departement.objects.filter(code__in=codes).order_by("code").values_list("code", "nom"))


def clotures_par_mois(conseils: Collection[int], *, depuis: date) -> list[tuple[int, str, date]]:
    """Months in which these councils closed follow-ups: (council, strand, month), from anonymous facts."""
    lignes = FaitStatistique.objects.filter(instance__in=conseils, evenement="cloture", mois__gte=depuis)
    return list(lignes.values_list("instance", "volet", "mois").order_by("mois", "instance").distinct())
