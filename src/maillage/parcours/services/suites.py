"""What an act leaves behind it: the anonymous facts, and the place given back.

A body that writes reads neither the scheme nor the file: what it does is counted by the groupe's next act, or
by the daily run, at the day it happened.
"""

from datetime import date, timedelta

from django.db.models import Q

from maillage.instances.api import formation_du_cercle
from maillage.parcours.models import Orientation, Participation, Place
from maillage.parcours.services.places import rendre
from maillage.parcours.states import EtatParticipation
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


def regulariser(participation: Participation) -> None:
    """Count its start and its end once, and free its place. The caller may read file and scheme."""
    orientation, situation = participation.orientation, participation.situation
    debut, fin = participation.commencee_le, participation.finie_le
    faits: dict[str, bool] = {}
    if debut is not None and not participation.compte_debut:
        attente = (debut - orientation.proposee_le).days
        compter(
            "participation",
            situation=situation,
            orientation=orientation,
            le=debut,
            colonnes=Colonnes(delai_jours=attente),
        )
        faits["compte_debut"] = True
    if fin is not None and not participation.compte_fin:
        if debut is not None:
            compter(
                "fin_participation",
                situation=situation,
                orientation=orientation,
                le=fin,
                colonnes=Colonnes(
                    issue=participation.resultat,
                    motif=participation.cause,
                    delai_jours=(fin - debut).days,
                ),
            )
        _rendre_la_place(participation, fin)
        faits["compte_fin"] = True
    if faits:
        Participation.objects.filter(pk=participation.pk).update(**faits)


def _rendre_la_place(participation: Participation, fin: date) -> None:
    place = Place.objects.filter(jeton=participation.place).first() if participation.place else None
    if place is not None:
        declinee = participation.etat == EtatParticipation.DECLINEE
        rendre(place, des=place.du if declinee else fin + timedelta(days=1))


def a_regulariser() -> Q:
    """Participations whose start or end is not counted yet."""
    return Q(commencee_le__isnull=False, compte_debut=False) | Q(finie_le__isnull=False, compte_fin=False)


def tout_regulariser() -> int:
    """The daily run's share: what bodies did since. Run by an operator's command; how many."""
    with en_maintenance():
        lignes = list(
            Participation.objects.filter(a_regulariser())
            .select_related("orientation", "situation")
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("pk")
        )
        for ligne in lignes:
            regulariser(ligne)
    return len(lignes)
