"""The annual report of a council: what it counts, what it hides, what it never changes."""

import json
import uuid
from datetime import UTC, date, datetime

import pytest
from tests.instances.fabriques import conseil, coordonnateur, formation, groupe, membre
from tests.pilotage.fabriques import noter, suivi

from maillage.instances.models import Seance
from maillage.pilotage.bilan import EtatObligation, en_json
from maillage.pilotage.calcul import AnneeImpossibleError, bilan_de_conseil, publications_de
from maillage.pilotage.protection import SEPARATEUR
from maillage.socle.contexte import en_maintenance
from maillage.socle.diffusion import Mention, devoilees

pytestmark = pytest.mark.django_db

MARS_2025, MAI_2025, MARS_2026 = date(2025, 3, 1), date(2025, 5, 1), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def novembre_2026(db, horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))


def plusieurs(fois: int, *args: object, **champs: object) -> None:
    for _ in range(fois):
        suivi(*args, **champs)


def textes(tableau, annee_seule: bool = True) -> dict[str, list[str]]:
    return {ligne.code: [cellule.texte for cellule in ligne.cellules] for ligne in tableau.lignes}


def test_un_suivi_est_compte_ouvert_suivi_et_en_cours_puis_clos():
    ici = conseil()
    plusieurs(8, ici, MARS_2025)
    plusieurs(7, ici, MARS_2025, date(2026, 2, 1))
    plusieurs(9, ici, MARS_2026)
    bilan = bilan_de_conseil(ici, 2026)
    valeurs = {c.code: (c.precedent.valeur, c.valeur.valeur) for c in bilan.chiffres}
    assert valeurs["suivies"] == (15, 24)
    assert valeurs["ouvertes"] == (15, 9)
    assert valeurs["closes"] == (0, 7)
    assert valeurs["en_cours"] == (15, 17)
    assert valeurs["jeunes_suivis"] == (15, 17)


def test_l_ecart_se_dit_en_nombre_et_en_sens():
    ici = conseil()
    plusieurs(8, ici, MARS_2025)
    plusieurs(14, ici, MARS_2026)
    chiffre = bilan_de_conseil(ici, 2026).chiffre("signalements")
    assert (chiffre.difference, chiffre.sens) == (6, "hausse")


def test_un_petit_effectif_ne_se_montre_pas_et_ne_se_retrouve_pas():
    ici = conseil()
    plusieurs(20, ici, MARS_2026, motif="decrochage")
    plusieurs(2, ici, MARS_2026, motif="errance")
    plusieurs(9, ici, MARS_2026, motif="fugue")
    lignes = textes(bilan_de_conseil(ici, 2026).tableau("signalements_motif"))
    assert lignes["errance"][1] == "5 ou moins"
    assert lignes["fugue"][1] == "non publié"
    assert lignes["decrochage"][1] == "20"


def test_aucun_nombre_cache_n_est_dans_le_json():
    ici = conseil()
    plusieurs(3, ici, MARS_2026, motif="errance")
    contenu = en_json(bilan_de_conseil(ici, 2026))
    cachees = [
        cellule
        for tableau in contenu["tableaux"]
        for ligne in [*tableau["lignes"], tableau["total"]]
        for cellule in ligne["valeurs"]
        if cellule["mention"] != Mention.PUBLIE
    ]
    assert cachees
    assert all(cellule["valeur"] is None for cellule in cachees)
    json.dumps(contenu)


def test_tout_ce_qui_est_publie_ensemble_resiste_a_l_attaque():
    """Every theme at once, two years, small counts everywhere: the attack finds nothing."""
    ici = conseil()
    for rang, motif in enumerate(("decrochage", "errance", "fugue", "incivilites")):
        for tranche in ("moins_de_12", "de_12_a_15", "de_16_a_17"):
            plusieurs(rang + 2, ici, MARS_2025, tranche=tranche, motif=motif)
            plusieurs(2 * rang, ici, MARS_2026, date(2026, 6, 1), tranche=tranche, motif=motif)
    plusieurs(2, ici, MARS_2026, exposition="recidive", tranche="de_18_a_25", motif="fin_mesure")
    for publication in publications_de([ici.pk], 2026)[ici.pk].values():
        assert not devoilees(publication.comptes.valeurs, publication.cellules, publication.comptes.egalites)
    publiees = publications_de([ici.pk], 2026)[ici.pk][2026].cellules.values()
    assert any(not cellule.publiee for cellule in publiees)
    assert any(cellule.publiee and cellule.valeur for cellule in publiees)


def test_le_stock_d_une_annee_ouvre_la_suivante_avec_la_meme_mention():
    ici = conseil()
    plusieurs(4, ici, MARS_2025)
    plusieurs(30, ici, MARS_2026)
    publiees = publications_de([ici.pk], 2026)[ici.pk]
    assert publiees[2025].cellule("en_cours.total").mention is Mention.SEUIL
    assert publiees[2026].cellule("avant.total") == publiees[2025].cellule("en_cours.total")
    montrees = {publiees[2026].cellule(chemin).publiee for chemin in ("suivies.total", "ouvertures.total")}
    assert montrees != {True}


def test_un_bilan_passe_est_le_meme_qu_il_soit_lu_comme_annee_ou_comme_annee_precedente():
    ici = conseil()
    plusieurs(3, ici, MARS_2025, motif="errance")
    plusieurs(12, ici, MARS_2025)
    plusieurs(6, ici, MARS_2026)
    en_2025 = textes(bilan_de_conseil(ici, 2025).tableau("signalements_motif"))
    en_2026 = textes(bilan_de_conseil(ici, 2026).tableau("signalements_motif"))
    assert {code: valeurs[1] for code, valeurs in en_2025.items()} == {
        code: valeurs[0] for code, valeurs in en_2026.items()
    }


def test_les_ouvertures_se_croisent_par_age_et_par_exposition():
    ici = conseil()
    plusieurs(9, ici, MARS_2026, tranche="de_12_a_15")
    plusieurs(8, ici, MARS_2026, tranche="de_18_a_25", exposition="recidive", motif="fin_mesure")
    tableau = bilan_de_conseil(ici, 2026).tableau("ouvertures_age_exposition")
    assert tableau.colonnes == ("Exposé à la délinquance", "Exposé au risque de récidive", "Ensemble")
    assert textes(tableau) == {"de_12_a_15": ["9", "0", "9"], "de_18_a_25": ["0", "8", "8"]}
    assert [cellule.texte for cellule in tableau.total.cellules] == ["9", "8", "17"]


def test_un_delai_est_une_mediane_et_se_tait_sur_trop_peu_de_suivis():
    ici = conseil()
    for jours in (5, 10, 12, 14, 30, 31, 40):
        suivi(ici, MARS_2026, delai=jours, contact=jours)
    plusieurs(5, ici, MARS_2025)
    bilan = bilan_de_conseil(ici, 2026)
    assert bilan.chiffre("contact").valeur.valeur == 14
    assert bilan.chiffre("decision").valeur.valeur == 14
    assert bilan.chiffre("contact").precedent.texte == "non publié"


def test_l_attente_avant_une_participation_compte_une_fois_par_suivi_et_se_tait_sur_trop_peu():
    ici, fil = conseil(), uuid.uuid4()
    for attente in (3, 8, 20, 21, 60):
        noter(ici, "participation", MARS_2026, genre="pmsmp", delai_jours=attente)
        noter(ici, "participation", MARS_2025, genre="pmsmp", delai_jours=attente)
    assert bilan_de_conseil(ici, 2026).chiffre("participation").valeur.texte == "non publié"
    for attente in (90, 30):
        noter(ici, "participation", MARS_2026, genre="tig", delai_jours=attente, fil=fil)
    noter(ici, "fin_participation", MARS_2026, fois=9, genre="pmsmp", delai_jours=1)
    bilan = bilan_de_conseil(ici, 2026)
    assert bilan.chiffre("participation").valeur.valeur == 20  # of 3, 8, 20, 21, 30, 60: six follow-ups
    assert bilan.chiffre("participation").precedent.texte == "non publié"


def test_une_tentative_sans_reponse_n_est_pas_un_premier_contact():
    ici = conseil()
    for _ in range(6):
        suivi(ici, MARS_2026, contact=None)
    noter(ici, "contact", MARS_2026, fois=9, genre="tentative", delai_jours=1)
    assert bilan_de_conseil(ici, 2026).chiffre("contact").valeur.texte == "non publié"


def test_les_faits_d_un_autre_conseil_ne_comptent_pas():
    ici, ailleurs = conseil(), conseil(commune="31149")
    plusieurs(9, ici, MARS_2026)
    plusieurs(30, ailleurs, MARS_2026)
    assert bilan_de_conseil(ici, 2026).chiffre("signalements").valeur.valeur == 9


def test_le_bilan_dit_qu_un_suivi_compte_une_fois_par_groupe():
    assert any("une fois par groupe" in texte for texte in bilan_de_conseil(conseil(), 2026).avertissements)


def test_le_doublement_national_est_une_definition_et_non_un_objectif_local():
    bilan = bilan_de_conseil(conseil(), 2026)
    assert "11\u00a0000" in bilan.chiffre("jeunes_suivis").definition
    assert any("22\u00a0000" in texte and "contribution locale" in texte for texte in bilan.avertissements)


def test_les_seances_les_groupes_et_les_chartes_viennent_des_instances():
    ici = conseil()
    jeunes = groupe(ici)
    referent = membre(jeunes, role="referent", fonction="referent_parcours")
    membre(jeunes, signe=False)
    with en_maintenance():
        for rang in (1, 2):
            Seance.objects.create(
                formation=jeunes,
                numero=rang,
                modele="ordinaire",
                commence_le=datetime(2026, rang, 10, 9, tzinfo=UTC),
                lieu="Mairie",
                etat="close",
                close_le=datetime(2026, rang, 10, 11, tzinfo=UTC),
                preparee_par=referent,
            )
    bilan = bilan_de_conseil(ici, 2026)
    valeurs = {c.code: c.valeur.valeur for c in bilan.chiffres}
    assert (valeurs["seances"], valeurs["groupes"], valeurs["referents"], valeurs["chartes_signees"]) == (
        2,
        1,
        1,
        1,
    )
    assert textes(bilan.tableau("seances")) == {"ordinaire": ["0", "2"]}


def test_la_pleniere_de_l_annee_est_tenue_a_tenir_ou_manquee():
    ici = conseil()
    pleniere = formation(ici)
    with en_maintenance():
        Seance.objects.create(
            formation=pleniere,
            numero=1,
            modele="pleniere",
            commence_le=datetime(2026, 10, 5, 9, tzinfo=UTC),
            lieu="Mairie",
            etat="close",
            close_le=datetime(2026, 10, 5, 11, tzinfo=UTC),
            preparee_par=coordonnateur(),
        )
    etats = {
        annee: next(o for o in bilan_de_conseil(ici, annee).obligations if o.code == "pleniere")
        for annee in (2025, 2026)
    }
    assert etats[2025].etat is EtatObligation.MANQUE
    assert etats[2026].etat is EtatObligation.FAIT
    assert "5 octobre 2026" in etats[2026].detail.replace("\u00a0", " ")
    assert "L. 132-4" in etats[2026].base_legale


def test_une_annee_a_venir_n_a_pas_de_bilan():
    with pytest.raises(AnneeImpossibleError):
        bilan_de_conseil(conseil(), 2027)


def test_l_annee_en_cours_est_provisoire():
    ici = conseil()
    assert bilan_de_conseil(ici, 2026).provisoire
    assert not bilan_de_conseil(ici, 2025).provisoire


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_faits(django_assert_max_num_queries):
    ici = conseil()
    suivi(ici, MARS_2026)
    with django_assert_max_num_queries(40) as une:
        bilan_de_conseil(ici, 2026)
    plusieurs(49, ici, MARS_2026)
    with django_assert_max_num_queries(len(une)):
        bilan_de_conseil(ici, 2026)


def test_les_noms_des_conseils_et_des_comptes_ne_se_melent_pas():
    """The separator of a child's path never appears in a path of counts."""
    ici = conseil()
    suivi(ici, MARS_2026)
    chemins = publications_de([ici.pk], 2026)[ici.pk][2026].comptes.valeurs
    assert not any(SEPARATEUR in chemin for chemin in chemins)


def ouvrir_par_genre(ici, genre, fois, **colonnes):
    for _ in range(fois):
        noter(ici, "ouverture", MARS_2026, genre=genre, exposition="delinquance", **colonnes)


def test_les_suivis_se_comptent_par_genre_dans_chaque_format_et_les_petits_se_taisent():
    ici = conseil()
    ouvrir_par_genre(ici, "scolarite", 14, tranche_age="de_12_a_15")
    ouvrir_par_genre(ici, "tranquillite", 9, tranche_age="de_16_a_17")
    ouvrir_par_genre(ici, "famille", 2, tranche_age="de_12_a_15")
    bilan = bilan_de_conseil(ici, 2026)
    lignes = textes(bilan.tableau("suivis_genre"))
    assert lignes["famille"][1] == "5 ou moins"
    assert "non publié" in {lignes["scolarite"][1], lignes["tranquillite"][1]}
    publication = publications_de([ici.pk], 2026)[ici.pk][2026]
    assert not devoilees(publication.comptes.valeurs, publication.cellules, publication.comptes.egalites)
    (tableau,) = [t for t in en_json(bilan)["tableaux"] if t["code"] == "suivis_genre"]
    assert tableau["titre"] == "Suivis ouverts, par genre"
    assert {ligne["code"] for ligne in tableau["lignes"]} == {"scolarite", "tranquillite", "famille"}


def test_les_orientations_se_comptent_par_famille_de_service():
    ici = conseil()
    noter(ici, "decision", MARS_2026, fois=15, genre="orienter")
    noter(ici, "orientation", MARS_2026, fois=8, genre="insertion")
    noter(ici, "orientation", MARS_2026, fois=7, genre="sante")
    assert textes(bilan_de_conseil(ici, 2026).tableau("orientations")) == {
        "insertion": ["0", "8"],
        "sante": ["0", "7"],
    }


def test_deux_noms_d_un_meme_compte_sont_caches_ensemble():
    """Every signalement was followed: what one table hides, the other must not give back."""
    ici = conseil()
    for rang, tranche in enumerate(("moins_de_12", "de_12_a_15", "de_16_a_17")):
        plusieurs(3 + 5 * rang, ici, MARS_2026, tranche=tranche)
    bilan = bilan_de_conseil(ici, 2026)
    signales = textes(bilan.tableau("signalements_age"))
    ouverts = textes(bilan.tableau("ouvertures_age_exposition"))
    assert {code: valeurs[1] for code, valeurs in signales.items()} == {
        code: valeurs[-1] for code, valeurs in ouverts.items()
    }
