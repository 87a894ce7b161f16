"""What an act leaves behind it: the anonymous facts, and the place given back."""

from datetime import date

from django.db import connection
from django.db.models import Q

from maillage.instances.api import formation_du_cercle
from maillage.parcours.models import Orientation, Participation
from maillage.situations.api import Situation
from maillage.socle.contexte import en_maintenance
from maillage.socle.faits import Colonnes, noter


def compter(
    evenement: str, *, situation: Situation, orientation: Orientation, le: date, colonnes: Colonnes
) -> None:
    """One anonymous fact of an orientation, on the thread of its file."""
    conseil = formation_du_cercle(situation.cercle_id).conseil
    valeurs = Colonnes(
        genre=orientation.dispositif_code[:40],
        exposition=situation.exposition,
        tranche_age=situation.tranche_age,
        qpv=orientation.qpv,
    )
    valeurs.update(colonnes)
    noter(
        evenement,
        le=le,
        instance=conseil.pk,
        departement=conseil.departement_code,
        volet=situation.volet,
        fil=situation.fil,
        **valeurs,
    )


def regulariser(participation: int) -> None:
    """Count its start, its end or its refusal once, and free its place, in the transaction of the act.

    The base does it: a body that writes reads neither the scheme nor the file whose thread the facts follow.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT socle.compter_participation(%s::bigint)", [participation])


def a_regulariser() -> Q:
    """Participations whose start or end is not counted yet."""
    return Q(commencee_le__isnull=False, compte_debut=False) | Q(finie_le__isnull=False, compte_fin=False)


def tout_regulariser() -> int:
    """What an act would have left uncounted: nothing, unless rows were brought from elsewhere. How many."""
    with en_maintenance():
        lignes = list(
            Participation.objects.filter(a_regulariser())
            .select_for_update(skip_locked=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for ligne in lignes:
            regulariser(ligne)
    return len(lignes)
