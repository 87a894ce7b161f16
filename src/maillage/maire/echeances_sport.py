"""What is due in the venues' files and in the notices, for the day page. No name leaves this room here."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse

from maillage.interface.typographie import date_longue
from maillage.maire.echeances import EcheanceDActe
from maillage.maire.etats_sport import EtatMesure
from maillage.maire.lieux import Lieu
from maillage.maire.models import AvisDu, InvitationSport, MesureSport
from maillage.maire.selectors.avis import AvisVu


def avis_et_sport(lus: Sequence[Lieu], horizon: date) -> Iterator[EcheanceDActe]:
    """Notices awaited or overdue, invitations whose delay is over, decisions to notify."""
    lieux = {ou.cercle: ou for ou in lus if ou.prepare}
    attendus = AvisDu.objects.filter(cercle__in=list(lieux), etat="attendu", echeance__lte=horizon)
    for avis in attendus.order_by("echeance", "pk"):
        vu = AvisVu(avis, lieux[avis.cercle_id])
        assert avis.echeance is not None  # filtered above
        yield EcheanceDActe(
            avis.echeance,
            f"{'Relancer' if vu.retard else 'Attendre'} l’avis n° {avis.nom}",
            f"{vu.genre}, attendu au plus tard le {date_longue(avis.echeance)}.",
            reverse("avis:avis", args=[avis.public_id]),
            "Voir l’avis",
        )
    mesures = MesureSport.objects.filter(
        cercle__in=list(lieux), etat__in=[EtatMesure.INVITEE, EtatMesure.DECIDEE]
    )
    invitations = dict(
        InvitationSport.objects.filter(dossier__in=mesures).values_list("dossier_id", "avant_le")
    )
    for mesure in mesures.order_by("pk"):
        adresse = reverse("sport:mesure", args=[mesure.public_id])
        if mesure.etat == EtatMesure.DECIDEE:
            yield EcheanceDActe(
                lieux[mesure.cercle_id].jour,
                f"Notifier la décision du dossier n° {mesure.reference}",
                "Le délai de recours court du jour où la lettre est remise.",
                adresse,
                "Voir le dossier",
            )
        elif invitations[mesure.pk] <= horizon:
            yield EcheanceDActe(
                invitations[mesure.pk] + timedelta(days=1),
                f"Réunir la commission, dossier n° {mesure.reference}",
                f"La personne a jusqu’au {date_longue(invitations[mesure.pk])} pour s’expliquer.",
                adresse,
                "Voir le dossier",
            )
