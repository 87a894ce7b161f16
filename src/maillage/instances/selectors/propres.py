"""Of which communes the account may open the registers that stand beside the groupes."""

from datetime import date

from maillage.acteurs.api import Compte
from maillage.droit.competences import Qualite
from maillage.instances.models import Conseil, Formation, GenreFormation
from maillage.instances.perms import COORDINATION
from maillage.instances.regles_propres import ELUS_DE_LA_COMMUNE
from maillage.instances.selectors.conseils import couvre, portees, tient
from maillage.instances.territoire import CommuneNommee, nommer


def elu_de(compte: Compte, commune: str, fonctions: frozenset[str] = ELUS_DE_LA_COMMUNE) -> bool:
    """Whether the account is mayor of that commune now, or one of its elected members with a delegation."""
    return couvre(portees(compte, fonctions), commune=commune)


def qualite_pour(compte: Compte, conseil: Conseil, commune: str) -> Qualite | None:
    """In what quality the account would act there: of that commune first, of that very council next."""
    if commune and elu_de(compte, commune, frozenset({"maire"})):
        return Qualite.MAIRE
    if commune and elu_de(compte, commune):
        return Qualite.ELU_DELEGUE
    if tient(compte, conseil, COORDINATION):
        return Qualite.COORDONNATEUR
    if portees(compte, frozenset({"president_epci"})):
        return Qualite.PRESIDENT_EPCI
    if not commune and tient(compte, conseil, ELUS_DE_LA_COMMUNE):
        return Qualite.ELU_DELEGUE
    return None


def communes_du_conseil(conseil: Conseil, le: date) -> list[CommuneNommee]:
    """The member communes on that day, named, the most populated first."""
    membres = conseil.communes.filter(depuis__lte=le).exclude(jusqua__lte=le)
    return nommer(membres.values_list("commune_code", flat=True), le)


def communes_ouvrables(conseil: Conseil, compte: Compte, le: date) -> list[CommuneNommee]:
    """Communes whose register of mayor's acts is still to be opened, and that this account may open."""
    membres = communes_du_conseil(conseil, le)
    if not tient(compte, conseil, COORDINATION):
        membres = [commune for commune in membres if elu_de(compte, commune.code)]
    ouvertes = Formation.objects.filter(
        genre=GenreFormation.ACTES_MAIRE,
        dissoute_le__isnull=True,
        commune_code__in=[commune.code for commune in membres],
    )
    deja = set(ouvertes.values_list("commune_code", flat=True))
    return [commune for commune in membres if commune.code not in deja]
