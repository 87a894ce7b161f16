"""The controls of the retention beyond the files of groupes: every register, statistics, who starts it."""

from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models

from maillage.instances.api import LigneNominative
from maillage.projet.configuration import PAR_LE_SERVICE
from maillage.situations.api import TOLERANCE, sans_les_retenues
from maillage.socle.contexte import en_maintenance
from maillage.socle.fins import fins
from maillage.socle.models import EntreeJournal
from maillage.socle.statistiques import bavardes, muettes, murees
from maillage.socle.temps import aujourd_hui, maintenant

#: An archive opened without a motive should be impossible: it is looked for all the same.
ARCHIVE = "archive_consultee"
UN_AN = 365
DES_GROUPES = "situations."


def tables_finies() -> tuple[bool, str]:
    """Every table behind a wall says how its rows end."""
    declarees = fins()
    muettes_ = sorted(modele._meta.label for modele in murees() if modele._meta.label not in declarees)
    if muettes_:
        return False, f"Tables nominatives sans fin dite : {', '.join(muettes_)}."
    return True, f"Chaque table nominative dit la fin de ses lignes ; tables : {len(list(murees()))}."


def registres_a_jour() -> tuple[bool, str]:
    """No register of any other room keeps a row more than a day after its term.

    Those of groupes have their own control: a signalement lives as long as the situation it opened.
    """
    limite = aujourd_hui() - TOLERANCE
    en_retard: list[tuple[str, int]] = []
    with en_maintenance():
        for table, fin in sorted(fins().items()):
            if fin.champ and not table.startswith(DES_GROUPES):
                nombre = _echues(apps.get_model(table), fin.champ, limite)
                en_retard += [(table.rpartition(".")[2].lower(), nombre)] if nombre else []
    if en_retard:
        dits = ", ".join(f"{table} : {nombre}" for table, nombre in en_retard)
        return False, f"Lignes échues et pas effacées ({dits}). Lancez « maillage conserver purger »."
    return True, "Aucun registre ne garde une ligne plus d’un jour après son terme."


def _echues(modele: type[models.Model], champ: str, limite: date) -> int:
    """Those past their term, but the files a claim in court holds back: they have their own control."""
    quand = f"{champ}__date__lte" if _est_un_instant(modele, champ) else f"{champ}__lte"
    echues = modele._default_manager.filter(**{quand: limite})
    return (sans_les_retenues(echues) if issubclass(modele, LigneNominative) else echues).count()


def _est_un_instant(modele: type[models.Model], champ: str) -> bool:
    return isinstance(modele._meta.get_field(champ), models.DateTimeField)


def statistiques_muettes() -> tuple[bool, str]:
    """The planner samples nothing that tells something of someone."""
    if dites := bavardes("default"):
        noms = ", ".join(f"{table}.{colonne}" for table, colonne in dites[:5])
        return False, (
            f"Colonnes que la base échantillonne encore : {len(dites)} ({noms}). "
            "Lancez « maillage base preparer »."
        )
    nombre = sum(len(colonnes) for colonnes in muettes().values())
    return (
        True,
        f"La base n’échantillonne aucune des {nombre} colonnes qui disent quelque chose de quelqu’un.",
    )


def purge_confiee() -> tuple[bool, str]:
    """Who starts the daily run."""
    if settings.CONFIGURATION.purge == PAR_LE_SERVICE:
        return True, "Le service lance la purge une fois par jour, quel que soit le nombre de services."
    return True, "La purge est lancée par votre minuterie : « maillage conserver purger », chaque jour."


def archives_motivees() -> tuple[bool, str]:
    """Every closed file that was opened was opened for a motive."""
    with en_maintenance():
        ouvertes = EntreeJournal.objects.filter(
            evenement=ARCHIVE, le__gte=maintenant() - timedelta(days=UN_AN)
        )
        nombre, sans = ouvertes.count(), ouvertes.exclude(details__has_key="motif").count()
    if sans:
        return False, f"Archives ouvertes sans motif : {sans}."
    return True, f"Archives ouvertes depuis un an : {nombre}, chacune pour un motif."
