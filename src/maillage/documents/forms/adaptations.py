"""The form by which a council presents a template its own way."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.documents.modeles import Modele
from maillage.documents.rules.adaptations import LIGNE_MAX, LIGNES_MAX, OCTETS_MAX, PARAGRAPHE_MAX
from maillage.documents.services.adaptations import Presentation
from maillage.interface.formulaires import DateProcheField, Formulaire

AJOUT = "ajout_"


class Adapter(Formulaire):
    entete = forms.CharField(
        label="En-tête",
        required=False,
        max_length=LIGNES_MAX * (LIGNE_MAX + 2),
        widget=forms.Textarea(attrs={"rows": LIGNES_MAX}),
        help_text=f"{LIGNES_MAX} lignes au plus : la collectivité, le service, l’adresse.",
    )
    logo = forms.FileField(
        label="Logo", required=False, help_text="PNG ou SVG simple, 200 ko au plus.", max_length=120
    )
    logo_description = forms.CharField(
        label="Ce que montre le logo",
        required=False,
        max_length=120,
        help_text="Lu à voix haute à la place de l’image.",
    )
    signataire = forms.CharField(label="Qui signe", required=False, max_length=120)
    qualite = forms.CharField(label="En quelle qualité", required=False, max_length=120)

    def __init__(self, *args: Any, modele: Modele, a_un_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modele = modele
        if a_un_logo:
            self.fields["garder_le_logo"] = forms.BooleanField(
                label="Garder le logo actuel", required=False, initial=True
            )
        for code, libelle in modele.ajouts:
            self.fields[AJOUT + code] = forms.CharField(
                label=f"Paragraphe ajouté : {libelle[0].lower()}{libelle[1:]}",
                required=False,
                max_length=PARAGRAPHE_MAX,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["depuis"] = DateProcheField(
            label="Prend effet le",
            help_text="Les documents déjà envoyés à la signature gardent leur présentation.",
        )
        ajouts = [AJOUT + code for code, _ in modele.ajouts]
        garder = ["garder_le_logo"] if a_un_logo else []
        self.disposition = (
            "entete", *garder, ("logo", "logo_description"), ("signataire", "qualite"), *ajouts, "depuis"
        )  # fmt: skip

    def clean_logo(self) -> bytes | None:
        """The bytes, read no further than the bound: the rule then says why they are refused."""
        fichier = self.cleaned_data["logo"]
        return fichier.read(OCTETS_MAX + 1) if fichier else None

    def presentation(self) -> Presentation:
        """What the service takes."""
        lu = self.cleaned_data
        return Presentation(
            depuis=lu["depuis"],
            entete=lu["entete"].splitlines(),
            signataire=lu["signataire"],
            qualite=lu["qualite"],
            paragraphes={code: lu[AJOUT + code] for code, _ in self.modele.ajouts},
            logo=lu["logo"],
            logo_description=lu["logo_description"],
            garder_le_logo=lu.get("garder_le_logo", False),
        )
