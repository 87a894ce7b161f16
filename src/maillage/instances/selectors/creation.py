"""From the page of a commune to the form that records its council."""

from django.urls import reverse

from maillage.acteurs.api import Compte
from maillage.instances.models import Conseil, GenreConseil
from maillage.instances.perms import CONSEIL_CREER, COORDINATION, PRESIDENTS
from maillage.instances.selectors.conseils import couvre, portees
from maillage.socle.permissions import juger
from maillage.socle.temps import maintenant


def adresse_de_creation(compte: object, commune: str) -> str:
    """The form, for who presides or coordinates there while the commune has no council of its own."""
    if not isinstance(compte, Compte) or not juger(compte, CONSEIL_CREER).ok:
        return ""
    if not couvre(portees(compte, PRESIDENTS | COORDINATION), commune=commune):
        return ""
    tenus = Conseil.objects.actifs(maintenant()).filter(genre=GenreConseil.CLSPD, commune_code=commune)
    return "" if tenus.exists() else f"{reverse('instances:conseil_nouveau')}?commune={commune}"
