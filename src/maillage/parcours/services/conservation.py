"""How these rows end: with the situation, and the body's own identity sooner than that."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from maillage.droit.api import entier
from maillage.instances.api import fuseau_du_cercle
from maillage.parcours.accueils import supprimer
from maillage.parcours.models import Accueil, Orientation, Participation, PhaseSuivie, Presence
from maillage.parcours.services.suites import a_regulariser, regulariser
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.temps import aujourd_hui

LOT = 200


def effacer(situations: Sequence[int]) -> Mapping[str, int]:
    """Erase the paths of these situations, children first, once all is counted. Run as ``m_maintenance``."""
    participations = Participation.objects.filter(situation__in=situations)
    for participation in participations.filter(a_regulariser()).values_list("pk", flat=True):
        regulariser(participation)
    cles = list(participations.values_list("pk", flat=True))
    lignes: Counter[str] = Counter()
    lignes["accueil"] += supprimer(Accueil.objects.filter(participation__in=cles))
    for modele in (Presence, PhaseSuivie):
        lignes[modele._meta.model_name or ""] += modele.objects.filter(participation__in=cles).delete()[0]
    lignes["participation"] += participations.delete()[0]
    lignes["orientation"] += Orientation.objects.filter(situation__in=situations).delete()[0]
    return lignes


def efface_le(finie_le: date) -> date:
    """The day the body's own row of that person goes."""
    return finie_le + timedelta(days=entier("parcours.accueil_effacement_jours", finie_le))


def purger_accueils() -> int:
    """Erase the identities handed to bodies whose delay is over, each on the day it is there. How many."""
    effaces, apres = 0, 0
    while lot := _un_lot_de_finis(apres):
        apres = lot[-1].pk
        effaces += _effacer_les_echus(lot)
    return effaces


def _un_lot_de_finis(apres: int) -> list[Accueil]:
    """The next ended ones, due or not: the delay is that of the day each ended."""
    with en_maintenance():
        finis = Accueil.objects.filter(pk__gt=apres, participation__finie_le__isnull=False)
        return list(finis.select_related("participation").order_by("pk")[:LOT])


def _effacer_les_echus(lot: Sequence[Accueil]) -> int:
    echus: dict[int, list[Accueil]] = {}
    with en_maintenance():
        for accueil in lot:
            fin = accueil.participation.finie_le
            if fin is not None and efface_le(fin) <= aujourd_hui(fuseau_du_cercle(accueil.cercle_id)):
                echus.setdefault(accueil.cercle_id, []).append(accueil)
        for cercle, lignes in echus.items():
            supprimer(Accueil.objects.filter(pk__in=[ligne.pk for ligne in lignes]))
            journaliser(
                "destruction",
                cercle=cercle,
                details={"accueils": [str(ligne.public_id) for ligne in lignes]},
            )
    return sum(len(lignes) for lignes in echus.values())
