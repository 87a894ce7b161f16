"""The demonstration's families, and what they make due."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.maire.fabriques_rappel import deleguer

from maillage.demo.familles import RECITS, raconter_les_familles
from maillage.demo.territoire import Territoire
from maillage.maire.echeances import echeances
from maillage.maire.etats_familles import EtatFamille
from maillage.maire.models import (
    AccompagnementParental,
    AuditionFamille,
    DossierFamille,
    SaisineDepartement,
    SuiteFamille,
)
from maillage.socle.contexte import en_maintenance

pytestmark = pytest.mark.django_db
FIN = datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_each_stage_has_its_family_and_the_day_says_what_each_awaits(horloge, au_nom_de):
    horloge(FIN)
    cddf = f.registre(genre="cddf", commune=f.VOISINE)
    maire = f.membre(cddf, f.exercer(creer_compte(), "maire", f.VOISINE), role="maire")
    agent = f.membre(cddf, role="coordonnateur")
    assistante = creer_compte("membre", organisme=creer_organisme())
    territoire = Territoire()
    territoire.registres["familles_colomiers"] = cddf
    adjointe = f.membre(cddf, f.exercer(creer_compte(), "elu_delegue", f.VOISINE), role="maire")
    deleguer(adjointe, f.VOISINE, pouvoirs=["familles"])
    territoire.comptes.update(maire=maire, coordonnatrice=agent, assistante=assistante, adjointe=adjointe)
    with en_maintenance():
        raconter_les_familles(territoire, FIN - timedelta(days=365), FIN)
        etats = set(DossierFamille.objects.values_list("etat", flat=True))
        issues = set(AccompagnementParental.objects.values_list("etat", flat=True))
        presidees = set(AuditionFamille.objects.values_list("qualite", flat=True))
        reponses = set(SaisineDepartement.objects.values_list("reponse", flat=True))
        assert SuiteFamille.objects.filter(genre="par").count() == 1
        assert DossierFamille.objects.count() == len(RECITS)
    assert etats == {etat.value for etat in EtatFamille}
    assert issues == {"en_cours", "refuse", "termine"}
    assert presidees == {"maire", "adjoint_delegue"}
    assert reponses == {"", "mesure"}
    with au_nom_de(agent):
        dues = [due.titre for due in echeances(14)]
    assert "Convoquer la famille de Malo G." in dues
    assert "Audition de la famille de Lina E." in dues
    assert "Faire le point pour la famille de Sacha R." in dues
    assert not [titre for titre in dues if "Gourdanel" in titre]
    _, voisin = creer_compte(), f.membre(f.registre(f.conseil(f.AUTRE), genre="cddf", commune=f.AUTRE))
    with au_nom_de(voisin):
        assert not echeances(14)
