"""What the rappels à l'ordre make due: hearings, answers of the parquet, the next step, erasures."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from maillage.instances.api import fuseau_du_cercle
from maillage.interface.adresses import adresse
from maillage.interface.typographie import date_longue
from maillage.interface.typographie import heure as en_heures
from maillage.maire.echeances import EcheanceDActe
from maillage.maire.etats_rappel import FINIS, EtatRappel
from maillage.maire.lieux import Lieu
from maillage.maire.models import ConsultationDuParquet, Convocation, Rappel
from maillage.maire.selectors.rappel import rappels
from maillage.situations.api import IdentiteVue, lire_identites

LIMITE = 50
#: state -> what to do, why. What waits for a day of its own is told apart.
A_FAIRE: Final = {
    EtatRappel.RECU: ("Préparer le rappel à l’ordre de {qui}", "Reçu le {recu}."),
    EtatRappel.REPORTE: ("Reconvoquer {qui}", "L’audition a été reportée."),
    EtatRappel.CARENCE: ("Décider pour {qui}", "La personne n’est pas venue : reconvoquer, ou clore."),
    EtatRappel.ENTENDU: ("Noter le rappel à l’ordre de {qui}", "La personne a été entendue."),
    EtatRappel.PRONONCE: ("Écrire le compte rendu pour {qui}", "Le rappel à l’ordre est fait."),
    EtatRappel.CONSIGNE: ("Dire la suite pour {qui}", "Le compte rendu est écrit."),
    EtatRappel.ARRETE: (
        "Transmettre au parquet le dossier de {qui}",
        "Une plainte ou une procédure est connue : plus aucun acte n’est possible.",
    ),
}


def echeances(lieux: Sequence[Lieu], horizon: date) -> Iterable[EcheanceDActe]:
    """Everything due up to ``horizon``, in four queries."""
    par_cercle = {ou.cercle: ou for ou in lieux}
    lus = list(rappels(lieux).order_by("expire_le", "pk")[:LIMITE])
    identites = lire_identites(rappel.identite_id for rappel in lus)
    pours = {
        convocation.dossier_id: convocation
        for convocation in Convocation.objects.filter(dossier__in=lus).order_by("pk")
    }
    consultations = {
        faite.dossier_id: faite
        for faite in ConsultationDuParquet.objects.filter(dossier__in=lus).order_by("pk")
    }
    for rappel in lus:
        ou, qui = par_cercle[rappel.cercle_id], identites[rappel.identite_id]
        if rappel.expire_le <= horizon:
            yield _effacement(rappel, ou, qui)
        if rappel.etat in FINIS or not ou.prepare:
            continue
        due = _due(rappel, ou, qui, pours.get(rappel.pk), consultations.get(rappel.pk))
        if due.le <= horizon:
            yield due


def _url(rappel: Rappel) -> str:
    return adresse("rappels:rappel", rappel.public_id)


def _effacement(rappel: Rappel, ou: Lieu, qui: IdentiteVue) -> EcheanceDActe:
    return EcheanceDActe(
        rappel.expire_le,
        f"Effacement du rappel à l’ordre n° {rappel.reference} ({qui.initiales})",
        f"{ou.vu.formation}. Il se fera seul ; sa ligne reste au registre, sans nom.",
        _url(rappel),
        "Vérifier",
        automatique=True,
    )


def _due(
    rappel: Rappel,
    ou: Lieu,
    qui: IdentiteVue,
    convocation: Convocation | None,
    consultation: ConsultationDuParquet | None,
) -> EcheanceDActe:
    lieu = ou.vu.formation
    if rappel.etat == EtatRappel.CONVOQUE and convocation is not None:
        pour = convocation.pour.astimezone(fuseau_du_cercle(ou.cercle))
        return EcheanceDActe(
            pour.date(),
            f"Audition de {qui.initiales}",
            f"{lieu}. Rappel à l’ordre n° {rappel.reference}, à {en_heures(pour)}.",
            _url(rappel),
            heure=en_heures(pour),
        )
    if rappel.etat == EtatRappel.CONSULTE and consultation is not None and not consultation.reponse:
        le = consultation.echeance
        attente = f"Réponse attendue le {date_longue(le)} au plus tard." if le else "Sans délai convenu."
        return EcheanceDActe(
            le or ou.jour,
            f"Réponse du parquet pour {qui.initiales}",
            f"{lieu}. Consulté le {date_longue(consultation.le)}. {attente}",
            _url(rappel),
            "Noter la réponse",
        )
    titre, pourquoi = A_FAIRE.get(EtatRappel(rappel.etat), ("Convoquer {qui}", "Le parquet a répondu."))
    return EcheanceDActe(
        ou.jour,
        titre.format(qui=qui.initiales),
        f"{lieu}. {pourquoi.format(recu=date_longue(rappel.recu_le))}",
        _url(rappel),
    )
