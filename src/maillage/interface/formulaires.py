"""Forms of the product: the renderer every form uses, a base class, date fields, the error summary.

The settings name `Rendu` as the renderer, so a plain `forms.Form` already gets the accessible markup and our
messages. Text is kept on refusal: no field is ever emptied, not even a wrong date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maillage.interface.champs import Champ, Option, erreur_de_garde
from maillage.interface.dates import DateNaissanceField, DateProcheField

__all__ = [
    "Champ",
    "DateNaissanceField",
    "DateProcheField",
    "Formulaire",
    "FormulaireModele",
    "Groupe",
    "Ligne",
    "LigneErreur",
    "Option",
    "Rendu",
    "erreur_de_garde",
    "rangees",
    "resume_des_erreurs",
]

#: One field alone, or fields side by side.
Ligne = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Groupe:
    """Rows that speak of one thing: a fieldset, its legend read with each of its fields."""

    legende: str
    lignes: tuple[Ligne, ...]
    #: Said under the legend.
    aide: str = ""


Rangee = Ligne | Groupe

#: Name of the field by which a form kept aside comes back: it is shown again, never taken as sent.
REPRISE = "reprise"
A_RELIRE = "Voici ce que vous aviez saisi. Rien n’est encore enregistré : relisez, puis envoyez."


LISTE_DEROULANTE = "django/forms/widgets/select.html"


class Rendu(TemplatesSetting):
    """Our form and field templates, through the project's engine.

    A drop-down list is written here: Django's template of it includes three others for each option, a
    tenth of the time of a page with filters.
    """

    form_template_name = "maillage/formulaires/formulaire.html"
    field_template_name = "maillage/formulaires/champ.html"
    bound_field_class = Champ

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == LISTE_DEROULANTE:
            return _liste_deroulante(context["widget"])
        return super().render(template_name, context, request)


def _liste_deroulante(widget: Mapping[str, Any]) -> SafeString:
    groupes = format_html_join(
        "", "{}", ((_groupe(nom, options),) for nom, options, _ in widget["optgroups"])
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groupes)


def _groupe(nom: str | None, options: Sequence[Mapping[str, Any]]) -> SafeString:
    lignes = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((str(option["value"]), flatatt(option["attrs"]), option["label"]) for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', nom, lignes) if nom else lignes


class Formulaire(forms.Form):
    """Base of the forms of the product.

    `disposition` names fields in order; a tuple puts its fields side by side, a `Groupe` puts its rows
    under a legend. Fields left out come after.
    """

    disposition: Sequence[Rangee] = ()
    #: Words of the values a field may hold without offering them (the state it is in, for one).
    libelles: Mapping[str, Mapping[str, str]] = {}
    #: Set by `confronter`: what was sent had been typed over an older version.
    perime: bool = False

    def confronter(self) -> bool:
        """Set what was typed beside what is recorded now, and move on to the version just read.

        Needs `initial` to hold the current values, its `version` included; False where there is none.
        """
        actuelle = self.initial.get("version")
        if actuelle is None:
            return False
        donnees = cast(QueryDict, self.data).copy()
        donnees[self.add_prefix("version")] = str(actuelle)
        self.data = donnees
        self.perime = True
        return True

    def full_clean(self) -> None:
        """A form that was kept aside (an expired session) is read again before it is sent."""
        super().full_clean()
        if self.is_bound and REPRISE in self.data:
            self.add_error(None, A_RELIRE)


class FormulaireModele(forms.ModelForm):
    """The same for a form drawn from a model without personal data (the others go through services)."""

    disposition: Sequence[Rangee] = ()


@dataclass(frozen=True, slots=True)
class LigneErreur:
    """One line of the summary; `cible` is the id of the control, empty for the form as a whole."""

    message: str
    cible: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """What a form shows together: rows, under a legend or none."""

    rangees: list[list[forms.BoundField]]
    legende: str = ""
    aide: str = ""


def parties(formulaire: forms.BaseForm) -> list[Partie]:
    """Visible fields by part and by row, following the form's `disposition`."""
    restants = {champ.name: champ for champ in formulaire.visible_fields()}

    def prises(lignes: Sequence[Ligne]) -> list[list[forms.BoundField]]:
        par_ligne = ([ligne] if isinstance(ligne, str) else ligne for ligne in lignes)
        presents = ([restants.pop(nom) for nom in noms if nom in restants] for noms in par_ligne)
        return [ligne for ligne in presents if ligne]

    lues: list[Partie] = []
    disposition: Sequence[Rangee] = getattr(formulaire, "disposition", ())
    for rangee in disposition:
        if isinstance(rangee, Groupe):
            lues.append(Partie(prises(rangee.lignes), rangee.legende, rangee.aide))
        else:
            lues.append(Partie(prises([rangee])))
    lues.append(Partie([[champ] for champ in restants.values()]))
    return [partie for partie in lues if partie.rangees]


def rangees(formulaire: forms.BaseForm) -> list[list[forms.BoundField]]:
    """Visible fields by row, whatever their part."""
    return [rangee for partie in parties(formulaire) for rangee in partie.rangees]


def resume_des_erreurs(formulaire: forms.BaseForm) -> list[LigneErreur]:
    """One line per fault, in the order of the fields on screen, the same words as beside the field."""
    if not formulaire.is_bound or not formulaire.errors:
        return []
    lignes = [LigneErreur(str(message)) for message in formulaire.non_field_errors()]
    for champ in formulaire.hidden_fields():
        lignes += [LigneErreur(str(message)) for message in champ.errors]
    for rangee in rangees(formulaire):
        for champ in rangee:
            cible = champ.cible if isinstance(champ, Champ) else champ.id_for_label
            lignes += [LigneErreur(str(message), cible) for message in champ.errors]
    return lignes
