"""What the register keeps of a person is sealed: read again, moved, renewed, erased."""

import uuid
from datetime import timedelta

import pytest
from tests.droits.fabriques_droits import INSTANT, QUI, interrogee, recue, repondue, un_registre
from tests.situations.fabriques import une_situation

from maillage.droits import exports
from maillage.droits.models import (
    AncienneValeur,
    DemandeDeDroit,
    Envoi,
    FichierDeReponse,
    Question,
    Reponse,
)
from maillage.droits.scellement import DETENTEUR, Recherche, ouvrir, recherche_de
from maillage.droits.selectors import demande_vue
from maillage.droits.services.conservation import purger_demandes
from maillage.situations.api import DonneesIdentite
from maillage.situations.models import Identite
from maillage.socle.cles import operateur
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.detenteurs import detenteurs
from maillage.socle.cles.scelle import ScelleRompu
from maillage.socle.contexte import contexte, en_maintenance

pytestmark = pytest.mark.django_db
VALEUR = "14 impasse du Canari"


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(INSTANT)


def publics(modele, **filtre):
    with en_maintenance():
        return list(modele._default_manager.filter(**filtre).values_list("public_id", flat=True))


def test_la_valeur_demandee_et_la_personne_cherchee_se_relisent():
    ici = un_registre()
    demande, question = interrogee(ici, "rectification", champ="adresse", valeur=VALEUR)
    with contexte(ici.dpo.pk):
        assert demande_vue(demande.public_id).valeur == VALEUR
    with contexte(ici.groupe.coordonnatrice.pk):
        assert recherche_de(question) == Recherche(QUI.nom, QUI.prenom, QUI.naissance, VALEUR)


def test_une_question_deplacee_ne_s_ouvre_pas():
    ici = un_registre()
    _, une = interrogee(ici)
    recue(ici, "acces", DonneesIdentite("Autre", "Personne"))
    with en_maintenance():
        autre = uuid.uuid4()
        coffre().creer([autre])
        Question.objects.filter(pk=une.pk).update(public_id=autre)
    with contexte(ici.groupe.coordonnatrice.pk), pytest.raises(ScelleRompu):
        recherche_de(Question.objects.get())


def test_l_ancienne_valeur_est_fermee_par_la_cle_de_la_personne():
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    repondue(ici, "rectification", champ="nom", valeur="Maraval")
    with en_maintenance():
        gardee = AncienneValeur.objects.get()
        objet = Identite.objects.get(pk=situation.identite_id).public_id
    assert ouvrir(AncienneValeur, gardee.valeur, ligne=gardee.public_id, objet=objet) == b"Maravalle"


def test_une_cle_neuve_ferme_tout_de_nouveau():
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    repondue(ici)
    demande, question = repondue(ici, "rectification", champ="nom", valeur="Maraval")
    with en_maintenance():
        personne = Identite.objects.get(pk=situation.identite_id).public_id
        demandeuse = Identite.objects.get(pk=demande.identite_id).public_id
        fichier = FichierDeReponse.objects.get()
        reponse = Reponse.objects.get(contenu__isnull=False)
    objets = [personne, demandeuse, question.public_id, fichier.public_id, reponse.public_id]
    # The keys of identities are held by situations too, whose rows are sealed again beside ours.
    assert operateur.renouveler(coffre(), objets, detenteurs()) == len(objets)
    assert all(list(coffre().lire([objet])[objet]) == [2] for objet in objets)
    with contexte(ici.dpo.pk):
        assert demande_vue(demande.public_id).valeur == "Maraval"
        assert exports.contenu(FichierDeReponse.objects.get()).startswith(b"PK")
    with contexte(ici.groupe.coordonnatrice.pk):
        assert recherche_de(Question.objects.get(pk=question.pk)).nom == "Maravalle"
    with en_maintenance():
        gardee = AncienneValeur.objects.get()
    assert ouvrir(AncienneValeur, gardee.valeur, ligne=gardee.public_id, objet=personne) == b"Maravalle"


def test_les_cles_meurent_avec_le_fichier_puis_avec_la_demande(horloge, django_capture_on_commit_callbacks):
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    demande, question = repondue(ici)
    (fichier,) = publics(FichierDeReponse)
    (reponse,) = publics(Reponse)
    horloge(INSTANT + timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        purger_demandes()
    assert coffre().lire([fichier, reponse]) == {}
    assert set(coffre().lire([question.public_id])) == {question.public_id}
    with en_maintenance():
        demandeuse = Identite.objects.get(pk=demande.identite_id).public_id
    horloge(INSTANT + timedelta(days=367))
    with django_capture_on_commit_callbacks(execute=True):
        purger_demandes()
    assert coffre().lire([question.public_id, demandeuse]) == {}


def test_ce_qui_vit_n_est_pas_balaye_et_ce_qui_revient_est_efface_de_nouveau():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    demande, question = repondue(ici)
    garde, _ = interrogee(ici, "effacement")
    (fichier,) = publics(FichierDeReponse)
    (reponse,) = publics(Reponse, contenu__isnull=False)
    vives = {question.public_id, fichier, reponse}
    assert DETENTEUR.vivants([*vives, uuid.uuid4()]) == vives
    with en_maintenance():
        demandeuse = Identite.objects.get(pk=demande.identite_id).public_id
    assert DETENTEUR.effacer([fichier, reponse]) == 2
    assert DETENTEUR.vivants(vives) == {question.public_id}
    assert DETENTEUR.effacer([demandeuse]) > 0
    assert DETENTEUR.effacer([demandeuse, fichier, reponse, question.public_id]) == 0
    with en_maintenance():
        assert list(DemandeDeDroit.objects.values_list("pk", flat=True)) == [garde.pk]
        assert not Envoi.objects.exclude(demande=garde).exists()
        assert Question.objects.count() == 1


@pytest.mark.parametrize("table", ["droits_question", "droits_demandededroit"])
def test_le_role_web_ne_lit_ni_nom_ni_valeur_sans_le_coffre(table):
    from django.db import connection

    ici = un_registre()
    interrogee(ici, "rectification", champ="adresse", valeur=VALEUR)
    for compte in (ici.dpo, ici.groupe.coordonnatrice):
        with contexte(compte.pk), connection.cursor() as curseur:
            curseur.execute(f"SELECT * FROM {table}")
            lu = repr([[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in curseur.fetchall()])
            assert "Maravalle" not in lu
            assert "Canari" not in lu
