"""Forms: the accessible markup comes by itself, messages say what to write, nothing typed is lost."""

from __future__ import annotations

import datetime
import re

import pytest
from balisage import fautes, lire
from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.http import QueryDict

from maillage.interface.exemples import SAISIE_REFUSEE, Signalement
from maillage.interface.formulaires import (
    DateNaissanceField,
    DateProcheField,
    Formulaire,
    Groupe,
    Option,
    Rendu,
    erreur_de_garde,
    parties,
    rangees,
    resume_des_erreurs,
)

JOUR = datetime.date(2026, 11, 24)


class Simple(forms.Form):
    """A plain form of Django, as another room may write it."""

    nom = forms.CharField(label="Nom", max_length=5, help_text="Comme à l’état civil.")
    courriel = forms.EmailField(label="Adresse", required=False)
    genre = forms.ChoiceField(
        label="Genre", widget=forms.RadioSelect, choices=[("a", Option("A", "Dès lundi"))]
    )
    accord = forms.BooleanField(label="J’ai lu")
    propre = forms.CharField(label="Propre", error_messages={"required": "Écrivez ceci."})


def _refuse() -> Simple:
    return Simple(QueryDict("nom=Trop long&courriel=pas-une-adresse"))


def test_un_formulaire_refuse_garde_un_balisage_juste_et_chaque_ligne_du_resume_mene_a_un_champ() -> None:
    html = str(Signalement(SAISIE_REFUSEE, prefix="refuse"))
    page = lire(html)
    assert page.conclure() == []
    assert page.ancres
    assert page.ancres <= set(page.ids)


def test_le_resume_vient_en_premier_et_dit_les_memes_mots_que_le_champ() -> None:
    formulaire = _refuse()
    html = str(formulaire)
    assert html.lstrip().startswith('<div class="m-erreurs" role="alert" tabindex="-1"')
    for ligne in resume_des_erreurs(formulaire):
        assert html.count(ligne.message.replace("’", "’")) == 2


def test_l_erreur_se_lit_avant_le_controle_et_lui_est_liee() -> None:
    html = str(_refuse()["nom"].as_field_group())
    assert html.index('id="id_nom_erreur"') < html.index("<input")
    assert 'aria-describedby="id_nom_erreur id_nom_aide"' in html
    assert 'aria-invalid="true"' in html


def test_ce_qui_a_ete_saisi_reste_a_l_ecran() -> None:
    html = str(Signalement(SAISIE_REFUSEE, prefix="refuse"))
    for saisie in ("Sabarthes", "14", "2031", "Suivi au CMP depuis l’été."):
        assert saisie in html


def test_les_messages_disent_quoi_ecrire() -> None:
    erreurs = _refuse().errors
    assert erreurs["nom"] == ["Écrivez au plus 5 signes : il y en a 9."]
    assert erreurs["courriel"] == ["Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."]
    assert erreurs["genre"] == ["Choisissez une réponse pour « Genre »."]
    assert erreurs["accord"] == ["Cochez « J’ai lu » pour continuer."]


def test_un_message_ecrit_par_le_formulaire_l_emporte() -> None:
    assert _refuse().errors["propre"] == ["Écrivez ceci."]


def test_le_ton_d_un_formulaire_ne_deborde_pas_sur_un_autre() -> None:
    _refuse()
    autre = forms.CharField()
    assert "Remplissez" not in str(autre.error_messages["required"])


def test_un_formulaire_vierge_ne_montre_aucune_erreur() -> None:
    html = str(Simple())
    assert "m-erreurs" not in html
    assert "aria-invalid" not in html
    assert fautes(html) == []


def test_une_consequence_accompagne_son_choix() -> None:
    assert "<strong>A</strong><span>Dès lundi</span>" in str(Simple()["genre"].as_field_group())


def test_le_mot_facultatif_est_dit_la_ou_il_le_faut() -> None:
    assert "(facultatif)" in str(Simple()["courriel"].as_field_group())
    assert "(facultatif)" not in str(Simple()["nom"].as_field_group())


def test_un_texte_long_n_est_pas_coupe_par_le_navigateur() -> None:
    class Recit(Formulaire):
        texte = forms.CharField(max_length=280, widget=forms.Textarea)

    html = str(Recit()["texte"].as_field_group())
    assert "maxlength" not in html
    assert 'data-limite="280"' in html
    assert "280 signes au plus" in html


def test_les_champs_suivent_la_disposition_et_les_oublies_viennent_apres() -> None:
    class Range(Formulaire):
        disposition = (("b", "a"),)
        a = forms.CharField()
        b = forms.CharField()
        c = forms.CharField()

    assert [[champ.name for champ in ligne] for ligne in rangees(Range())] == [["b", "a"], ["c"]]


def test_une_partie_met_ses_champs_sous_sa_legende_et_le_resume_les_suit() -> None:
    class EnParties(Formulaire):
        disposition = ("c", Groupe("Structure d’accueil", (("b", "a"), "absent"), "Facultatif."))
        a = forms.CharField(error_messages={"required": "a manque."})
        b = forms.CharField(error_messages={"required": "b manque."})
        c = forms.CharField(error_messages={"required": "c manque."})
        d = forms.CharField(error_messages={"required": "d manque."})

    formulaire = EnParties({})
    lues = [(p.legende, [[c.name for c in ligne] for ligne in p.rangees]) for p in parties(formulaire)]
    assert lues == [("", [["c"]]), ("Structure d’accueil", [["b", "a"]]), ("", [["d"]])]
    assert [ligne.message[0] for ligne in resume_des_erreurs(formulaire)] == ["c", "b", "a", "d"]
    html = formulaire.render()
    assert lire(html).conclure() == []
    debut, fin = html.index("<legend>Structure d’accueil</legend>"), html.index("</fieldset>")
    assert [html.index(f'name="{nom}"') > debut for nom in "cba"] == [False, True, True]
    assert [html.index(f'name="{nom}"') < fin for nom in "bad"] == [True, True, False]


def test_une_partie_sans_champ_ne_laisse_pas_sa_legende() -> None:
    class Vide(Formulaire):
        disposition = (Groupe("Personne", ("absent",)),)
        a = forms.CharField()

    assert "Personne" not in Vide().render()


def test_une_faute_du_formulaire_entier_se_dit_sans_lien() -> None:
    class Ensemble(Formulaire):
        a = forms.CharField(required=False)

        def clean(self) -> None:
            raise forms.ValidationError("Ces deux dates se croisent.")

    formulaire = Ensemble({"a": ""})
    assert [(ligne.message, ligne.cible) for ligne in resume_des_erreurs(formulaire)] == [
        ("Ces deux dates se croisent.", "")
    ]
    assert "Un point est à corriger" in str(formulaire)


def test_la_garde_cite_les_mots_et_les_echappe() -> None:
    class Gardee(Formulaire):
        texte = forms.CharField(widget=forms.Textarea)

        def clean_texte(self) -> str:
            raise erreur_de_garde(
                "Le texte touche à la santé.", ("<b>mot</b>",), "Écrivez plutôt autre chose."
            )

    html = str(Gardee({"texte": "x"}))
    assert "m-garde-bloquant" in html
    assert "&lt;b&gt;mot&lt;/b&gt;" in html
    assert "Écrivez plutôt autre chose." in html
    assert fautes(html) == []


def test_une_saisie_hostile_est_echappee() -> None:
    html = str(Simple({"nom": '"><script>alert(1)</script>'}))
    assert "<script>" not in html


def _naissance(jour: str, mois: str, annee: str) -> Formulaire:
    class Fiche(Formulaire):
        naissance = DateNaissanceField(aujourd_hui=lambda: JOUR)

    return Fiche({"naissance_jour": jour, "naissance_mois": mois, "naissance_annee": annee})


@pytest.mark.parametrize(
    ("cases", "message"),
    [
        (("", "", ""), "Indiquez la date de naissance : elle évite de confondre deux personnes."),
        (("14", "", "2011"), "Indiquez le jour, le mois et l’année de naissance."),
        (("14", "mai", "2011"), "Écrivez la date de naissance en chiffres."),
        (("14", "5", "11"), "Écrivez l’année de naissance avec quatre chiffres."),
        (("14", "13", "2011"), "Le mois de naissance va de 1 à 12."),
        (("29", "2", "2011"), "Ce mois-là, le jour de naissance va de 1 à 28."),
        (("0", "2", "2011"), "Ce mois-là, le jour de naissance va de 1 à 28."),
        (("1", "1", "1811"), "L’année de naissance commence à 1900."),
        (("25", "11", "2026"), "La date de naissance est dans le futur."),
    ],
)
def test_chaque_faute_d_une_date_de_naissance_se_nomme(cases: tuple[str, str, str], message: str) -> None:
    formulaire = _naissance(*cases)
    assert formulaire.errors["naissance"] == [message]
    html = str(formulaire)
    assert fautes(html) == []
    assert all(not case or f'value="{case}"' in html for case in cases)


def test_une_date_de_naissance_juste_se_lit() -> None:
    formulaire = _naissance("29", "02", "2012")
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["naissance"] == datetime.date(2012, 2, 29)


def test_une_date_collee_dans_la_premiere_case_se_repartit() -> None:
    formulaire = _naissance("14/05/2011", "", "")
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["naissance"] == datetime.date(2011, 5, 14)


def test_une_date_connue_remplit_les_trois_cases() -> None:
    class Fiche(Formulaire):
        naissance = DateNaissanceField(aujourd_hui=lambda: JOUR)

    html = str(Fiche(initial={"naissance": datetime.date(2011, 5, 14)}))
    assert [f'value="{v}"' in html for v in ("14", "5", "2011")] == [True] * 3


def test_une_date_proche_se_borne_dans_le_calendrier_et_garde_sa_saisie() -> None:
    class Fiche(Formulaire):
        le = DateProcheField(label="Le", jusqu_au=JOUR)

    assert 'max="2026-11-24"' in str(Fiche())
    assert 'value="2026-11-20"' in str(Fiche({"le": "2026-11-20"}))
    assert Fiche({"le": "demain"}).errors["le"] == [
        "Écrivez la date avec jour, mois et année, par exemple 14/05/2011."
    ]


def test_une_liste_deroulante_s_ecrit_comme_django_l_ecrit_et_echappe_ce_qu_elle_dit():
    choix = [("", "—"), ("a", "Café & thé"), ("Groupe « 1 »", [('"x"', "<b>gras</b>"), (2, "Deux")])]

    class Choisir(forms.Form):
        lequel = forms.ChoiceField(choices=choix, required=False)

    def ecrire(rendu: BaseRenderer) -> str:
        champ = Choisir({"lequel": "2"}, renderer=rendu)["lequel"]
        return re.sub(r"\s+", " ", str(champ)).replace("> <", "><")

    notre, leur = ecrire(Rendu()), ecrire(DjangoTemplates())
    assert re.sub(r' class="[^"]*"', "", notre) == leur
    assert "&lt;b&gt;" in notre
    assert notre.count("selected") == 1
