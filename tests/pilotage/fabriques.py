"""Anonymous facts as the services write them, without building the files they count."""

import uuid
from datetime import date

from maillage.instances.models import Conseil
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import FaitStatistique


def noter(du_conseil: Conseil, evenement: str, mois: date, *, fois: int = 1, **colonnes: object) -> None:
    """The same fact several times, each of its own follow-up unless ``fil`` is given."""
    valeurs = {
        "evenement": evenement,
        "mois": mois.replace(day=1),
        "instance": du_conseil.pk,
        "departement": du_conseil.departement_code,
        "volet": "jeune",
        **colonnes,
    }
    with en_maintenance():
        FaitStatistique.objects.bulk_create(
            FaitStatistique(**{"fil": uuid.uuid4(), **valeurs}) for _ in range(fois)
        )


def suivi(
    du_conseil: Conseil,
    ouvert: date,
    clos: date | None = None,
    *,
    tranche: str = "de_16_a_17",
    exposition: str = "delinquance",
    motif: str = "decrochage",
    origine: str = "mission_locale",
    issue: str = "objectifs_atteints",
    delai: int = 20,
    contact: int | None = 7,
    volet: str = "jeune",
) -> None:
    """The facts of one follow-up, from the signalement to the closing."""
    fil = uuid.uuid4()
    commun = {"fil": fil, "volet": volet, "exposition": exposition, "tranche_age": tranche}
    noter(du_conseil, "signalement", ouvert, motif=motif, origine=origine, **commun)
    noter(
        du_conseil,
        "decision",
        ouvert,
        genre="retenu",
        motif=motif,
        origine=origine,
        delai_jours=delai,
        **commun,
    )
    noter(du_conseil, "ouverture", ouvert, motif=motif, origine=origine, delai_jours=delai, **commun)
    if contact is not None:
        noter(du_conseil, "contact", ouvert, genre="entretien", delai_jours=contact, **commun)
    if clos is not None:
        noter(du_conseil, "cloture", clos, issue=issue, delai_jours=(clos - ouvert).days, **commun)
