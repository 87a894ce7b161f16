"""What the operator watches of the retention: rows without an end, erasures due, the last run.

Counts only, read as ``m_maintenance`` across every wall: nothing here says whose rows they are.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.situations.models import Identite, Representant, Situation
from maillage.situations.services.conservation import PASSAGE, echus
from maillage.situations.states import EtatSituation
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal

#: A run a day: what was due on Monday is late on Wednesday, more than a whole day after.
TOLERANCE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Retention:
    """``sans_echeance``: rows nothing would ever erase. ``a_la_cloture``: open follow-ups of adults and
    victims, whose end is set by their closing and kept in sight by ``revue_le``.
    """

    lignes: int
    sans_echeance: int
    a_la_cloture: int
    en_retard: int
    plus_ancien: date | None
    dernier_passage: datetime | None


def que_nul_ne_nomme() -> QuerySet[Identite]:
    """Identities that no row of any room points at: nothing would ever erase them."""
    orphelines = Identite.objects.all()
    for lien in Identite._meta.related_objects:
        modele = lien.related_model
        if isinstance(modele, type) and modele is not Representant:
            nommees = modele._default_manager.filter(**{lien.field.name: OuterRef("pk")})
            orphelines = orphelines.filter(~Exists(nommees))
    return orphelines


def retention() -> Retention:
    """The state of the retention now, on a connection that may act as ``m_maintenance``."""
    with en_maintenance():
        sans_fin = Situation.objects.filter(expire_le__isnull=True)
        ouvertes = Q(etat=EtatSituation.OUVERTE) & ~Q(volet="jeune")
        orphelines = que_nul_ne_nomme()
        situations, signalements = echus(retard=TOLERANCE)
        termes = [
            terme
            for lignes in (situations, signalements)
            for terme in lignes.order_by("expire_le").values_list("expire_le", flat=True)[:1]
            if terme is not None
        ]
        passages = EntreeJournal.objects.filter(evenement=PASSAGE).order_by("-pk")
        return Retention(
            lignes=Identite.objects.count(),
            sans_echeance=orphelines.count() + sans_fin.exclude(ouvertes).count(),
            a_la_cloture=sans_fin.filter(ouvertes).count(),
            en_retard=situations.count() + signalements.count(),
            plus_ancien=min(termes, default=None),
            dernier_passage=passages.values_list("le", flat=True).first(),
        )
