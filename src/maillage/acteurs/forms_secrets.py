"""What the pages of sign-in accept: identifiers, codes, passwords."""

import re
from typing import Any

from django import forms

from maillage.acteurs.models import Compte
from maillage.acteurs.regles_secrets import REGLE_MOT_DE_PASSE
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.interface.formulaires import Formulaire


class Connexion(Formulaire):
    courriel = forms.EmailField(
        label="Adresse électronique professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(Formulaire):
    code = forms.CharField(
        label="Code à six chiffres",
        help_text="Il change toutes les trente secondes dans votre application.",
        max_length=9,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(r"\d{6}", code):
            raise forms.ValidationError("Le code compte six chiffres.")
        return code


class CodeDeSecours(Formulaire):
    secours = forms.CharField(
        label="Code de secours",
        help_text="Un des dix codes imprimés, par exemple 7K-ABCD-EFGH-JKM. Il ne servira plus.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class NomDeCle(Formulaire):
    """How its owner tells a key from another: nothing that names somebody."""

    nom = forms.RegexField(
        label="Nom de la clé",
        regex=r"^[\w’' .-]+$",
        max_length=60,
        help_text="Pour la reconnaître : clé du bureau, téléphone.",
        error_messages={"invalid": "Des lettres, des chiffres et des espaces seulement."},
    )


class Confirmation(Formulaire):
    mot_de_passe = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NouveauMotDePasse(Formulaire):
    """A password typed twice, judged by the rule of the room."""

    nouveau = forms.CharField(
        label="Nouveau mot de passe",
        help_text=REGLE_MOT_DE_PASSE,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    encore = forms.CharField(
        label="Le même, encore une fois",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, compte: Compte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compte = compte

    def clean_nouveau(self) -> str:
        nouveau: str = self.cleaned_data["nouveau"]
        verdict = mots_de_passe.juger(compte=self.compte, mot_de_passe=nouveau)
        if not verdict.ok:
            raise forms.ValidationError([motif.texte for motif in verdict.motifs])
        return nouveau

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("nouveau") and donnees.get("encore") and donnees["nouveau"] != donnees["encore"]:
            self.add_error("encore", "Les deux saisies diffèrent.")
        return donnees


class ChangementDeMotDePasse(NouveauMotDePasse):
    actuel = forms.CharField(
        label="Mot de passe actuel",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["actuel", "nouveau", "encore"]
