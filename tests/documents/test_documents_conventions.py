"""Conventions by the services: the law's answer, signatures, amendments, who may, what is erased."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from tests.acteurs.fabriques import creer_organisme
from tests.documents.fabriques_documents import (
    ADULTE,
    contenu_pmsmp,
    contenu_prestataire,
    en_vigueur,
    envoyer,
    lire,
    qui_tient,
    signer_tout,
    une_pmsmp,
)
from tests.instances.fabriques import coordonnateur, membre
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.documents.blocs import textes
from maillage.documents.fichiers import document_de
from maillage.documents.models import (
    NOMINATIVES,
    ConventionNominative,
    SignatureNominative,
)
from maillage.documents.models import Convention as ConventionSansNom
from maillage.documents.rules.conventions import Mode, Renouvellement, etat, terme
from maillage.documents.selectors.conventions import convention_visible
from maillage.documents.selectors.registre import Filtres, registre
from maillage.documents.services import preparation, vie
from maillage.documents.services.effacement import effacer_conventions
from maillage.documents.states import EtatConvention
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


@pytest.fixture
def ici():
    return un_groupe()


@pytest.fixture
def suivi(ici):
    return une_situation(ici, personne(naissance=ADULTE))


@pytest.fixture
def atelier():
    return creer_organisme("Menuiserie d’essai", "entreprise")


def codes(refus) -> tuple[str, ...]:
    return refus.value.verdict.codes


def lignes() -> int:
    with en_maintenance():
        return sum(modele.objects.count() for modele in NOMINATIVES)


# --- PMSMP: the law --------------------------------------------------------------------------------


def test_une_pmsmp_prend_effet_quand_toutes_les_parties_ont_signe(ici, suivi, atelier, au_nom_de):
    convention = une_pmsmp(ici, suivi, contenu_pmsmp(atelier, apres=0))
    elle = ici.coordonnatrice
    assert etat(lire(convention, elle).faits, aujourd_hui()) is EtatConvention.A_PREPARER
    envoyer(convention, elle)
    assert lire(convention, elle).requises == {"beneficiaire", "prescripteur", "structure_accueil"}
    with au_nom_de(elle):
        assert not vie.signer(convention=convention, role="beneficiaire", moyen="papier")
        assert not vie.signer(convention=convention, role="prescripteur", moyen="papier")
    assert etat(lire(convention, elle).faits, aujourd_hui()) is EtatConvention.A_SIGNER
    with au_nom_de(elle):
        assert vie.signer(convention=convention, role="structure_accueil", moyen="papier")
    assert etat(lire(convention, elle).faits, aujourd_hui()) is EtatConvention.EN_VIGUEUR


def test_une_troisieme_convention_chez_le_meme_accueil_est_refusee_et_rien_n_est_cree(ici, suivi, atelier):
    en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=0))
    en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=40, objet="confirmation"))
    avant = lignes()
    with pytest.raises(Refus) as refus:
        une_pmsmp(ici, suivi, contenu_pmsmp(atelier, apres=80, objet="recrutement"))
    assert "nombre_conventions_12_mois" in codes(refus)
    assert lignes() == avant
    # Elsewhere, and for someone else here, the law says nothing.
    autre = une_situation(ici, personne(naissance=ADULTE))
    une_pmsmp(ici, autre, contenu_pmsmp(atelier, apres=80, objet="recrutement"))
    une_pmsmp(ici, suivi, contenu_pmsmp("Boulangerie", apres=80, objet="recrutement"))


def test_le_nom_ecrit_a_la_main_ne_contourne_pas_le_compte(ici, suivi, atelier):
    en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=0))
    en_vigueur(ici, suivi, contenu_pmsmp("  menuiserie  D’ESSAI ", apres=40, objet="confirmation"))
    with pytest.raises(Refus) as refus:
        une_pmsmp(ici, suivi, contenu_pmsmp(atelier, apres=80, objet="recrutement"))
    assert "nombre_conventions_12_mois" in codes(refus)


def test_un_avenant_qui_depasse_le_mois_est_refuse_par_la_loi(ici, suivi, atelier, au_nom_de):
    convention = en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=0, jours=10))
    jour = aujourd_hui()
    with au_nom_de(ici.coordonnatrice), pytest.raises(Refus) as refus:
        vie.preparer_avenant(
            convention=convention,
            objet="Plus long",
            prend_effet_le=jour,
            nouvelle_fin=jour + timedelta(days=50),
        )
    assert "duree_max" in codes(refus)
    assert lire(convention, ici.coordonnatrice).avenants == ()


def test_sans_accueil_ni_tuteur_elle_ne_part_pas_a_la_signature(ici, suivi, au_nom_de):
    convention = une_pmsmp(ici, suivi, contenu_pmsmp(""))
    with pytest.raises(Refus) as refus:
        envoyer(convention, ici.coordonnatrice)
    assert "partie_sans_nom" in codes(refus)
    assert lire(convention, ici.coordonnatrice).ligne.proposee_le is None


def test_le_parent_d_un_mineur_et_l_employeur_d_un_salarie_signent(ici, atelier):
    mineur = une_situation(ici)
    convention = une_pmsmp(ici, mineur, contenu_pmsmp(atelier))
    envoyer(convention, ici.coordonnatrice)
    assert "representant_legal" in lire(convention, ici.coordonnatrice).requises
    adulte = une_situation(ici, personne(naissance=ADULTE))
    salarie = une_pmsmp(ici, adulte, contenu_pmsmp(atelier, salarie="oui"))
    with pytest.raises(Refus) as refus:
        envoyer(salarie, ici.coordonnatrice)
    assert "partie_sans_nom" in codes(refus)


def test_un_texte_qui_dit_un_secret_est_refuse(ici, suivi, atelier):
    with pytest.raises(Refus) as refus:
        une_pmsmp(ici, suivi, contenu_pmsmp(atelier, objectifs="Il est sous traitement pour une dépression."))
    assert any(code.startswith("garde_") for code in codes(refus))


# --- Life ------------------------------------------------------------------------------------------


def test_un_avenant_deplace_le_terme_quand_toutes_l_ont_signe(ici, suivi, atelier, au_nom_de):
    convention = en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=0, jours=10))
    elle, jour = ici.coordonnatrice, aujourd_hui()
    nouvelle_fin = jour + timedelta(days=15)
    with au_nom_de(elle):
        avenant = vie.preparer_avenant(
            convention=convention, objet="Une semaine de plus", prend_effet_le=jour, nouvelle_fin=nouvelle_fin
        )
    assert terme(lire(convention, elle).faits, jour) != nouvelle_fin
    signer_tout(convention, elle, avenant)
    assert terme(lire(convention, elle).faits, jour) == nouvelle_fin
    with au_nom_de(elle):
        lignes_ = list(textes(document_de(convention_visible(convention))))
    assert "Avenant n°\u00a01" in lignes_
    assert sum("Signé sur papier" in ligne for ligne in lignes_) == 6


def test_ici_on_ne_signe_que_pour_son_organisme(ici, suivi, au_nom_de):
    collegue = membre(ici.formation, organisme=creer_organisme("Autre club", "prevention_specialisee"))
    convention = une_pmsmp(ici, suivi, contenu_pmsmp(ici.membre.organisme))
    envoyer(convention, ici.coordonnatrice)
    with au_nom_de(collegue), pytest.raises(Refus) as refus:
        vie.signer(convention=convention, role="structure_accueil", moyen="ici")
    assert codes(refus) == ("pas_votre_organisme",)
    with au_nom_de(ici.membre):
        vie.signer(convention=convention, role="structure_accueil", moyen="ici")
    with au_nom_de(ici.membre), pytest.raises(Refus) as deja:
        vie.signer(convention=convention, role="structure_accueil", moyen="ici")
    assert "deja_signee" in codes(deja)
    with en_maintenance():
        assert SignatureNominative.objects.count() == 1


def test_le_renouvellement_est_une_convention_nouvelle_signee_a_nouveau(au_nom_de):
    conseil, elle = qui_tient()
    with au_nom_de(elle):
        premiere = preparation.preparer(
            genre="prestataire",
            ou=conseil.public_id,
            contenu=contenu_prestataire(renouvellement=Renouvellement(Mode.EXPRES)),
        )
    envoyer(premiere, elle)
    signer_tout(premiere, elle)
    lue = lire(premiere, elle)
    debut = lue.ligne.fin + timedelta(days=1)
    with au_nom_de(elle):
        suite = preparation.renouveler(
            convention=premiere,
            version=lue.ligne.version,
            debut=debut,
            fin=debut + timedelta(days=100),
        )
    with au_nom_de(elle), pytest.raises(Refus):
        preparation.renouveler(convention=premiere, version=lue.ligne.version + 1, debut=debut, fin=debut)
    envoyer(suite, elle)
    signer_tout(suite, elle)
    faits = lire(premiere, elle).faits
    assert etat(faits, lue.ligne.fin) is EtatConvention.EN_VIGUEUR
    assert etat(faits, debut) is EtatConvention.RENOUVELEE


def test_resilier_et_denoncer_se_font_sur_la_version_lue(au_nom_de):
    conseil, elle = qui_tient()
    tacite = Renouvellement(Mode.TACITE, duree_mois=12, fois=2, preavis_jours=30)
    with au_nom_de(elle), pytest.raises(Refus):
        preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire(renouvellement=tacite)
        )
    with au_nom_de(elle):
        convention = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire()
        )
    envoyer(convention, elle)
    signer_tout(convention, elle)
    jour = aujourd_hui()
    with au_nom_de(elle), pytest.raises(Refus) as perime:
        vie.resilier(convention=convention, version=1, effet=jour, motif="Fin de l’action")
    assert perime.value.statut == 409
    version = lire(convention, elle).ligne.version
    with au_nom_de(elle):
        vie.resilier(convention=convention, version=version, effet=jour, motif="Fin de l’action")
    assert etat(lire(convention, elle).faits, jour) is EtatConvention.RESILIEE


# --- Who may ---------------------------------------------------------------------------------------


def test_la_coordination_d_un_autre_conseil_ne_tient_rien_ici(au_nom_de):
    conseil, elle = qui_tient()
    with au_nom_de(elle):
        convention = preparation.preparer(
            genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire()
        )
    ailleurs = coordonnateur("31149")
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        preparation.envoyer_a_la_signature(convention=convention, version=1)
    with au_nom_de(ailleurs), pytest.raises(Introuvable):
        preparation.preparer(genre="prestataire", ou=conseil.public_id, contenu=contenu_prestataire())
    with en_maintenance():
        assert ConventionSansNom.objects.count() == 1
        assert ConventionSansNom.objects.get().proposee_le is None


def test_un_membre_d_un_autre_groupe_ne_voit_ni_n_ecrit(ici, suivi, atelier, au_nom_de):
    convention = une_pmsmp(ici, suivi, contenu_pmsmp(atelier))
    voisin = un_groupe()
    for compte in (voisin.coordonnatrice, voisin.membre):
        with au_nom_de(compte):
            assert registre(Filtres(etat="")).lignes == ()
        with au_nom_de(compte), pytest.raises(Introuvable):
            preparation.envoyer_a_la_signature(convention=convention, version=1)
        with au_nom_de(compte), pytest.raises(Introuvable):
            vie.signer(convention=convention, role="beneficiaire", moyen="papier")
        # Its own cercle, with the pseudonym of a person of the other one.
        with au_nom_de(compte), pytest.raises(Introuvable):
            preparation.preparer(
                genre="pmsmp", ou=voisin.cercle, objet=suivi.public_id, contenu=contenu_pmsmp(atelier)
            )
    assert lire(convention, ici.coordonnatrice).ligne.proposee_le is None


def test_le_parquet_lit_et_ne_prepare_pas(ici, suivi, atelier, au_nom_de):
    procureur = ici.ajouter("procureur", role="parquet", fonction="procureur")
    convention = une_pmsmp(ici, suivi, contenu_pmsmp(atelier))
    with au_nom_de(procureur):
        assert len(registre(Filtres()).lignes) == 1
    with au_nom_de(procureur), pytest.raises(Refus) as refus:
        preparation.envoyer_a_la_signature(convention=convention, version=1)
    assert refus.value.statut == 403


def test_le_sql_nu_d_un_autre_groupe_ne_rend_rien(ici, suivi, atelier, au_nom_de):
    en_vigueur(ici, suivi, contenu_pmsmp(atelier))
    voisin = un_groupe()
    tables = [modele._meta.db_table for modele in NOMINATIVES]
    for compte, attendu in ((voisin.coordonnatrice, False), (ici.coordonnatrice, True)):
        with au_nom_de(compte), connection.cursor() as curseur:
            for table in tables[2:]:
                curseur.execute(f"SELECT count(*) FROM {table}")
                assert bool(curseur.fetchone()[0]) is attendu, table
            curseur.execute(f"UPDATE {tables[-1]} SET fin = fin + 1")
            assert bool(curseur.rowcount) is attendu


# --- Documents and erasure -------------------------------------------------------------------------


def test_le_document_nomme_la_personne_sans_que_la_table_copie_son_nom(ici, atelier, au_nom_de):
    qui = personne(nom="Zucanari", prenom="Ocanari", naissance=ADULTE)
    convention = une_pmsmp(ici, une_situation(ici, qui), contenu_pmsmp(atelier))
    with au_nom_de(ici.coordonnatrice):
        assert any(
            "Ocanari Zucanari" in ligne for ligne in textes(document_de(convention_visible(convention)))
        )
    with en_maintenance():
        copie = repr([list(modele.objects.values()) for modele in NOMINATIVES])
    assert "canari" not in copie.lower()


def test_le_journal_ne_dit_que_le_pseudonyme_et_l_acte(ici, suivi, atelier, fabrique):
    convention = en_vigueur(ici, suivi, contenu_pmsmp(atelier))
    with fabrique():
        entrees = list(
            EntreeJournal.objects.filter(objet=str(convention)).values_list("evenement", "details")
        )
    assert {"convention_preparee", "convention_envoyee", "convention_signee"} <= {e for e, _ in entrees}
    assert "Rabot" not in repr(entrees)


def test_les_conventions_s_effacent_avec_le_dossier_et_pas_celles_d_un_autre(ici, suivi, atelier, horloge):
    en_vigueur(ici, suivi, contenu_pmsmp(atelier, apres=0))
    jeune = une_situation(ici)
    une_pmsmp(ici, jeune, contenu_pmsmp(atelier))
    with en_maintenance():
        assert ConventionNominative.objects.count() == 2
    horloge(datetime.combine(suivi.expire_le, time(12), tzinfo=UTC))
    assert purger().lignes["convention_nominative"] > 0
    with en_maintenance():
        assert ConventionNominative.objects.get().objet == jeune.public_id
        assert SignatureNominative.objects.count() == 0
        assert effacer_conventions([jeune.public_id]) > 0
        assert sum(modele.objects.count() for modele in NOMINATIVES) == 0
