"""The hearings of families on the agenda of their council's séance, and of no other."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.instances import fabriques as f
from tests.maire.fabriques_familles import INSTANT, conseil, saisie

from maillage.instances import api as instances
from maillage.instances.models.seance import Point
from maillage.maire.models import DossierFamille
from maillage.maire.points import AUDITIONS
from maillage.maire.services import auditions
from maillage.socle.contexte import en_maintenance
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db
AUDITION = datetime(2026, 3, 16, 16, tzinfo=UTC)


def convoquee(cddf, maire) -> DossierFamille:
    dossier = saisie(cddf)
    auditions.convoquer(
        dossier=dossier.public_id,
        version=dossier.version,
        audition_le=AUDITION,
        lieu="Salle des mariages",
        moyen="courrier",
        membres=[maire.pk],
    )
    return DossierFamille.objects.get(pk=dossier.pk)


def seance(cddf):
    return instances.preparer_seance(
        formation=cddf.public_id,
        modele="familles",
        commence_le=AUDITION,
        duree_minutes=60,
        lieu="Mairie",
    )


def test_a_convened_family_is_proposed_then_noted_once_its_file_says_what_became_of_it(au_nom_de, horloge):
    horloge(INSTANT)
    cddf, maire = conseil()
    agent = f.membre(cddf, role="coordonnateur", fonction="coordonnateur")
    with au_nom_de(agent):
        dossier = convoquee(cddf, maire)
        tenue = seance(cddf)
        ((_, proposes),) = [(source, points) for source, points in instances.propositions(tenue) if points]
        assert [(p.titre, p.echeance) for p in proposes] == [("Noé Lormier", AUDITION.date())]
        instances.inscrire_points(seance=tenue.public_id, objets=[dossier.public_id])
        instances.convoquer(seance=tenue.public_id, version=1)
    horloge(AUDITION + timedelta(hours=1))
    with au_nom_de(agent):
        instances.ouvrir_seance(seance=tenue.public_id, version=2)
        presents = {attendu.pk: "present" for attendu in instances.presences_de(tenue)}
        instances.noter_presences(seance=tenue.public_id, etats=presents)
        (ligne,) = instances.points_de(tenue)
        decision = {"seance": tenue.public_id, "point": ligne.point.public_id, "decision": "constatee"}
        with pytest.raises(Refus):
            instances.decider_point(**decision, version=ligne.point.version)
        assert Point.objects.get(pk=ligne.point.pk).decision == ""
        auditions.entendre(
            dossier=dossier.public_id,
            version=dossier.version,
            preside_par=maire.pk,
            membres=[maire.pk],
            famille=["mere"],
        )
        avant = DossierFamille.objects.get(pk=dossier.pk)
        instances.decider_point(**decision, version=ligne.point.version)
        apres = DossierFamille.objects.get(pk=dossier.pk)
        instances.clore_seance(seance=tenue.public_id, version=3)
    # The séance changes nothing of the file.
    assert (apres.etat, apres.version) == ("entendu", avant.version)


def test_neither_a_groupe_nor_another_council_is_offered_the_family(au_nom_de, horloge):
    horloge(INSTANT)
    cddf, maire = conseil()
    voisin_cddf, voisin = conseil(f.VOISINE)
    with au_nom_de(maire):
        dossier = convoquee(cddf, maire)
    with au_nom_de(voisin):
        assert AUDITIONS.proposer(cddf.cercle_id, AUDITION.date()) == []
        assert AUDITIONS.proposer(voisin_cddf.cercle_id, AUDITION.date()) == []
        assert AUDITIONS.presenter(cddf.cercle_id, [dossier.public_id]) == {}
        with pytest.raises(Introuvable):
            AUDITIONS.decisions(cddf.cercle_id, dossier.public_id)
    with au_nom_de(maire):
        assert AUDITIONS.proposer(cddf.cercle_id, AUDITION.date() - timedelta(days=1)) == []
    assert "groupe" not in AUDITIONS.formations
    with en_maintenance():
        assert not Point.objects.exists()
