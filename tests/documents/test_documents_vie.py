"""The life of a signed convention: amended before it begins, a tacit renewal recalled, then refused."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.fabriques_documents import (
    contenu_prestataire,
    envoyer,
    lire,
    qui_tient,
    signer_tout,
)
from tests.instances.fabriques import coordonnateur

from maillage.acteurs.models import Compte
from maillage.documents.rules.conventions import Mode, Renouvellement, ajouter_mois, etat, terme
from maillage.documents.services import preparation, vie
from maillage.documents.services.commun import Contenu, PartieSaisie
from maillage.documents.states import EtatConvention
from maillage.instances.models import Conseil
from maillage.pilotage.calcul import bilan_de_conseil
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui, maintenant

pytestmark = pytest.mark.django_db
TACITE = Renouvellement(Mode.TACITE, duree_mois=12, fois=2, preavis_jours=30)


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    session["eleve_le"] = maintenant().isoformat()
    session.save()
    return client


def de_sante(duree: int) -> Contenu:
    """A partnership that goes on tacitly, and ends in ``duree`` days."""
    jour = aujourd_hui()
    return Contenu(
        debut=jour,
        fin=jour + timedelta(days=duree),
        champs={champ.code: champ.exemple for champ in preparation.modele("convention_sante", jour).saisis()},
        parties={
            "conseil": PartieSaisie(denomination="Ville d’essai"),
            "sante": PartieSaisie(denomination="Centre d’essai"),
        },
        renouvellement=TACITE,
    )


def signee(genre: str, contenu: Contenu, qui: tuple[Conseil, Compte] | None = None) -> tuple[UUID, Compte]:
    conseil, elle = qui or qui_tient()
    with contexte(elle.pk):
        convention = preparation.preparer(genre=genre, ou=conseil.public_id, contenu=contenu)
    envoyer(convention, elle)
    signer_tout(convention, elle)
    return convention, elle


def test_un_avenant_se_prepare_et_se_signe_avant_le_premier_jour(au_nom_de):
    debut = aujourd_hui() + timedelta(days=20)
    convention, elle = signee("prestataire", replace(contenu_prestataire(), debut=debut))
    page = entrer(elle).get(reverse("documents:convention", args=[convention])).content.decode()
    assert "Signée, commence plus tard" in page
    assert "Préparer un avenant" in page
    plus_tot = debut + timedelta(days=60)
    with au_nom_de(elle):
        avenant = vie.preparer_avenant(
            convention=convention, objet="Deux mois seulement", prend_effet_le=debut, nouvelle_fin=plus_tot
        )
    signer_tout(convention, elle, avenant)
    lue = lire(convention, elle)
    assert etat(lue.faits, lue.jour) is EtatConvention.SIGNEE
    assert terme(lue.faits, debut) == plus_tot


def test_un_avenant_ne_se_prepare_pas_tant_qu_une_partie_n_a_pas_signe(au_nom_de):
    conseil, elle = qui_tient()
    debut = aujourd_hui() + timedelta(days=20)
    with au_nom_de(elle):
        convention = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=replace(contenu_prestataire(), debut=debut)
        )
    envoyer(convention, elle)
    with au_nom_de(elle), pytest.raises(Refus) as refus:
        vie.preparer_avenant(convention=convention, objet="Trop tôt", prend_effet_le=debut)
    assert refus.value.verdict.codes == ("etat_de_la_convention",)
    assert lire(convention, elle).avenants == ()


def test_le_renouvellement_tacite_se_refuse_a_temps_par_la_page_et_elle_s_arrete_a_son_terme(fabrique):
    convention, elle = signee("sante", de_sante(100))
    client, adresse = entrer(elle), reverse("documents:denoncer", args=[convention])
    page = client.get(adresse).content.decode()
    lue = lire(convention, elle)
    jeton = re.search(r'name="jeton" value="([^"]+)"', page)[1]
    valeurs = {"version": lue.ligne.version, "jeton": jeton}
    assert client.post(adresse, valeurs).status_code == 302
    assert client.post(adresse, valeurs).status_code == 302  # the same submission, once
    faits = lire(convention, elle).faits
    assert faits.denoncee_le == lue.jour
    loin = ajouter_mois(faits.fin, 30)
    assert terme(faits, loin) == faits.fin
    assert terme(lue.faits, loin) == ajouter_mois(faits.fin, 24)
    assert etat(faits, faits.fin + timedelta(days=1)) is EtatConvention.ECHUE
    retour = client.get(reverse("documents:convention", args=[convention])).content.decode()
    assert "Renouvellement refusé" in retour
    with fabrique():
        assert (
            EntreeJournal.objects.filter(evenement="convention_denoncee", objet=str(convention)).count() == 1
        )


def test_refusee_deux_fois_ou_par_qui_ne_la_tient_pas_rien_ne_change(au_nom_de):
    convention, elle = signee("sante", de_sante(100))
    ailleurs = coordonnateur("31149")
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        vie.denoncer(convention=convention, version=1)
    assert lire(convention, elle).ligne.denoncee_le is None
    with au_nom_de(elle):
        fin = vie.denoncer(convention=convention, version=lire(convention, elle).ligne.version)
    avant = lire(convention, elle).ligne
    assert fin == avant.fin
    with au_nom_de(elle), pytest.raises(Refus) as refus:
        vie.denoncer(convention=convention, version=avant.version)
    assert refus.value.verdict.codes == ("deja_denoncee",)
    assert lire(convention, elle).ligne.version == avant.version


def test_le_preavis_puis_le_terme_sont_rappeles_dans_la_journee():
    qui = qui_tient()
    convention, elle = signee("sante", de_sante(100), qui)
    client = entrer(elle)
    journee = reverse("pilotage:journee")
    assert "Décider de prolonger ou non la convention" in client.get(journee).content.decode()
    with contexte(elle.pk):
        vie.denoncer(convention=convention, version=lire(convention, elle).ligne.version)
    assert "Décider de prolonger" not in client.get(journee).content.decode()
    # Refused, it ends: its term is recalled as it comes.
    proche, _ = signee("sante", de_sante(80), qui)
    with contexte(elle.pk):
        vie.denoncer(convention=proche, version=lire(proche, elle).ligne.version)
    page = client.get(reverse("documents:convention", args=[proche])).content.decode()
    assert "Prend fin" in page
    with en_maintenance():
        assert EntreeJournal.objects.filter(evenement="convention_denoncee").count() == 2


def faits_notes() -> list[tuple[str, str, int]]:
    with en_maintenance():
        lignes = FaitStatistique.objects.filter(evenement__startswith="convention_")
        return sorted(lignes.values_list("evenement", "genre", "instance"))


def test_la_vie_d_une_convention_laisse_des_faits_anonymes_et_un_brouillon_abandonne_aucun(au_nom_de):
    conseil, elle = qui_tient()
    with au_nom_de(elle):
        brouillon = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire()
        )
        vie.resilier(convention=brouillon, version=1, effet=aujourd_hui(), motif="Projet abandonné")
    assert faits_notes() == []
    convention, _ = signee("prestataire", contenu_prestataire(), (conseil, elle))
    with au_nom_de(elle):
        avenant = vie.preparer_avenant(
            convention=convention, objet="Un lieu de plus", prend_effet_le=aujourd_hui()
        )
    signer_tout(convention, elle, avenant)
    version = lire(convention, elle).ligne.version
    with au_nom_de(elle):
        vie.resilier(convention=convention, version=version, effet=aujourd_hui(), motif="Fin de l’action")
    assert faits_notes() == [
        ("convention_amendee", "prestataire", conseil.pk),
        ("convention_resiliee", "prestataire", conseil.pk),
        ("convention_signee", "prestataire", conseil.pk),
    ]


def test_un_refus_ne_compte_rien(au_nom_de):
    convention, elle = signee("prestataire", contenu_prestataire())
    avant = faits_notes()
    ailleurs = coordonnateur("31149")
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        vie.resilier(convention=convention, version=1, effet=aujourd_hui(), motif="Essai")
    with au_nom_de(elle), pytest.raises(Refus):
        vie.resilier(convention=convention, version=1, effet=aujourd_hui(), motif="Version périmée")
    assert faits_notes() == avant


def test_le_bilan_du_conseil_les_compte_et_cache_les_petits_nombres():
    qui = qui_tient()
    for _ in range(6):
        signee("prestataire", contenu_prestataire(), qui)
    _, elle = signee("sante", de_sante(100), qui)
    with contexte(elle.pk):
        bilan = bilan_de_conseil(qui[0], aujourd_hui().year)
    tableau = next(t for t in bilan.tableaux if t.code == "conventions_signees")
    textes = {ligne.code: ligne.cellules[-1] for ligne in tableau.lignes}
    assert set(textes) == {"prestataire", "sante"}
    assert textes["sante"].valeur is None
    assert "PMSMP" not in repr(tableau.lignes)
