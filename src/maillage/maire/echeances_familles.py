"""What the families' files make due: hearings, points to make, the département's silence."""

from collections.abc import Iterable, Sequence
from datetime import date

from maillage.droit.api import echeance_mois, entier
from maillage.instances.api import fuseau_du_cercle
from maillage.interface.adresses import adresse
from maillage.interface.typographie import date_longue
from maillage.interface.typographie import heure as en_heures
from maillage.maire.echeances import EcheanceDActe
from maillage.maire.etats_familles import EtatAccompagnement, EtatFamille
from maillage.maire.lieux import Lieu
from maillage.maire.models import (
    AccompagnementParental,
    ConvocationFamille,
    DossierFamille,
    SaisineDepartement,
)
from maillage.situations.api import lire_identites

LIMITE = 50


def echeances(lieux: Sequence[Lieu], horizon: date) -> Iterable[EcheanceDActe]:
    """Everything due up to ``horizon``, in five queries whatever the number of files."""
    par_cercle = {ou.cercle: ou for ou in lieux}
    lus = list(
        DossierFamille.objects.filter(cercle__in=par_cercle)
        .exclude(etat=EtatFamille.CLOS)
        .order_by("revue_le", "pk")[:LIMITE]
    )
    noms = lire_identites(dossier.identite_id for dossier in lus)
    auditions = {c.dossier_id: c for c in ConvocationFamille.objects.filter(dossier__in=lus, issue="")}
    saisines = {s.dossier_id: s for s in SaisineDepartement.objects.filter(dossier__in=lus, reponse="")}
    en_cours = AccompagnementParental.objects.filter(dossier__in=lus, etat=EtatAccompagnement.EN_COURS)
    termes = {a.dossier_id: a.fin for a in en_cours}
    for dossier in lus:
        ou, qui = par_cercle[dossier.cercle_id], noms[dossier.identite_id].initiales
        for due in _dues(dossier, ou, qui, auditions, saisines, termes):
            if due.le <= horizon and ou.prepare:
                yield due


def _dues(
    dossier: DossierFamille,
    ou: Lieu,
    qui: str,
    auditions: dict[int, ConvocationFamille],
    saisines: dict[int, SaisineDepartement],
    termes: dict[int, date | None],
) -> Iterable[EcheanceDActe]:
    lieu, url = ou.vu.formation, adresse("familles:dossier", dossier.public_id)
    if (convocation := auditions.get(dossier.pk)) is not None:
        pour = convocation.audition_le.astimezone(fuseau_du_cercle(ou.cercle))
        pourquoi = f"{lieu}. Dossier n° {dossier.reference}, à {en_heures(pour)}."
        titre = f"Audition de la famille de {qui}"
        yield EcheanceDActe(pour.date(), titre, pourquoi, url, heure=en_heures(pour))
    elif dossier.etat == EtatFamille.SAISI:
        pourquoi = f"{lieu}. Reçu le {date_longue(dossier.recu_le)}."
        yield EcheanceDActe(ou.jour, f"Convoquer la famille de {qui}", pourquoi, url)
    else:
        pourquoi = f"{lieu}. Point attendu le {date_longue(dossier.revue_le)}."
        yield EcheanceDActe(dossier.revue_le, f"Faire le point pour la famille de {qui}", pourquoi, url)
    if (fin := termes.get(dossier.pk)) is not None:
        pourquoi = f"{lieu}. Il finit le {date_longue(fin)}."
        yield EcheanceDActe(fin, f"Terminer l’accompagnement parental de {qui}", pourquoi, url)
    if (saisine := saisines.get(dossier.pk)) is not None:
        relance = echeance_mois(saisine.le, entier("cddf.departement_mois", saisine.le))
        pourquoi = f"{lieu}. Saisi le {date_longue(saisine.le)}, sans réponse."
        yield EcheanceDActe(relance, f"Relancer le département pour {qui}", pourquoi, url)
