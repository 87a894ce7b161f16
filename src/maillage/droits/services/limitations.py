"""Freeze a file, hold it back from the retention run, give it back to its work (RGPD, art. 17 and 18)."""

from datetime import date
from uuid import UUID

from maillage.droits.dossiers import DossierTenu
from maillage.droits.lieux import Lieu
from maillage.droits.models import Limitation
from maillage.droits.rules import demandes as regles
from maillage.droits.selectors import une_limitation
from maillage.situations.api import exiger
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


def limiter(dossier: DossierTenu, ou: Lieu, motif: str) -> None:
    """The file is read, and nothing more; for a claim in court, it is not destroyed either."""
    _poser(dossier, ou, motif, gele=True)


def retenir(dossier: DossierTenu, ou: Lieu) -> None:
    """The file goes on, and the retention run leaves it where it is as long as the claim lasts."""
    _poser(dossier, ou, regles.JUSTICE, gele=False)


def _poser(dossier: DossierTenu, ou: Lieu, motif: str, *, gele: bool) -> None:
    """Twice is once."""
    if Limitation.objects.filter(
        cercle=ou.cercle, objet=dossier.objet, gele=gele, levee_le__isnull=True
    ).exists():
        return
    Limitation.objects.create(
        cercle_id=ou.cercle,
        situation=dossier.situation,
        objet=dossier.objet,
        reference=dossier.reference,
        le=ou.jour,
        par_id=ou.compte.pk,
        motif=motif,
        gele=gele,
    )
    evenement = "dossier_limite" if gele else "dossier_retenu"
    journaliser(evenement, objet=dossier.objet, cercle=ou.cercle, details={"motif": motif})
    _compter("droit_limitation", ou, motif)


def lever_tout(dossier: DossierTenu, ou: Lieu) -> None:
    """What the person obtains since is stronger: their file is erased."""
    for en_cours in Limitation.objects.filter(
        cercle=ou.cercle, objet=dossier.objet, levee_le__isnull=True
    ).order_by("pk"):
        _lever(en_cours, ou)


def _lever(en_cours: Limitation, ou: Lieu) -> None:
    fin: date = max(ou.jour, en_cours.le)
    modifier(
        Limitation.objects.filter(pk=en_cours.pk, cercle=ou.cercle), version=en_cours.version, levee_le=fin
    )
    evenement = "limitation_levee" if en_cours.gele else "retenue_levee"
    journaliser(evenement, objet=en_cours.objet, cercle=ou.cercle, details={"motif": en_cours.motif})
    _compter("droit_levee", ou, en_cours.motif, delai=(fin - en_cours.le).days)


@commande
def lever_la_limitation(*, limitation: UUID, version: int) -> None:
    """Give the file back to its work, and to its term; the person is told before (RGPD, art. 18, § 3)."""
    lue, ou = une_limitation(limitation, verrou=True)
    verdict = regles.juger_levee(limitee=lue.levee_le is None, role=ou.vu.role, genre=ou.vu.genre)
    exiger(verdict, lue)
    lue.version = version  # as the page showed it: a change meanwhile is refused
    _lever(lue, ou)


def _compter(evenement: str, ou: Lieu, motif: str, *, delai: int | None = None) -> None:
    """The anonymous fact: which case, how long. Nothing of the person nor of the file."""
    noter(
        evenement,
        le=ou.jour,
        instance=ou.vu.conseil_pk,
        departement=ou.vu.departement_code,
        volet="droits",
        genre=motif,
        delai_jours=delai,
    )
