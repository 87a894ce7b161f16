"""How one field is shown: label, help, error above the control, and the links between them.

`Champ` replaces Django's BoundField for every form of the product (the renderer names it), so that no view
and no template redoes the accessible markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.functional import cached_property

from maillage.interface.ton import mettre_au_ton

CODE_GARDE = "garde"

_COCHES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice whose second line says what follows: « Effacé le 24 décembre 2026 »."""

    libelle: str
    consequence: str = ""

    def __str__(self) -> str:
        return self.libelle


def erreur_de_garde(message: str, extraits: tuple[str, ...] = (), conseil: str = "") -> ValidationError:
    """The refusal of a text that holds secret information (CSI art. L. 132-5): words quoted, advice given.

    `message` names the field and the nature; it appears in the summary and above the field. The guard box
    under the field then quotes `extraits` and proposes `conseil`.
    """
    return ValidationError(message, code=CODE_GARDE, params={"extraits": extraits, "conseil": conseil})


class Champ(BoundField):
    """A bound field that knows which shape it takes on screen, and speaks in our tone."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        mettre_au_ton(field, str(self.label))

    @cached_property
    def genre(self) -> str:
        """`coches` (radio, several boxes), `case` (one box), `groupe` (several inputs) or `simple`."""
        widget = self.field.widget
        if isinstance(widget, _COCHES):
            return "coches"
        if isinstance(widget, forms.CheckboxInput):
            return "case"
        return "groupe" if isinstance(widget, forms.MultiWidget) else "simple"

    @property
    def facultatif(self) -> bool:
        """Said in the label: most fields are needed, so the others carry the word.

        A field whose ``demande`` is set may be left empty only because another can be filled in its place.
        """
        demande = getattr(self.field, "demande", False)
        return not self.field.required and not demande and self.genre != "case"

    @property
    def limite(self) -> int | None:
        """Length shown under a long text. Not an attribute: the browser would cut a pasted text unseen."""
        if isinstance(self.field.widget, forms.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def en_colonnes(self) -> bool:
        """Short, even choices go two by two."""
        return bool(getattr(self.field, "en_colonnes", False))

    @cached_property
    def gardes(self) -> list[dict[str, Any]]:
        """What the guard found, for the box under the field."""
        return [
            erreur.params or {}
            for erreur in self.errors.as_data()
            if getattr(erreur, "code", None) == CODE_GARDE
        ]

    @cached_property
    def entre_temps(self) -> str:
        """What somebody else recorded here while this was being typed; empty where both agree."""
        if not getattr(self.form, "perime", False) or self.is_hidden or self.name not in self.form.initial:
            return ""
        actuelle = self.form.initial[self.name]
        if not self.field.has_changed(actuelle, self.data):
            return ""
        return self._en_clair(actuelle)

    def _en_clair(self, valeur: Any) -> str:
        if valeur in (None, "", []):
            return "rien"
        choix = {str(code): str(libelle) for code, libelle in getattr(self.field, "choices", ())}
        choix.update(getattr(self.form, "libelles", {}).get(self.name, {}))
        valeurs = valeur if isinstance(valeur, list | tuple) else [valeur]
        if any(isinstance(v, date) for v in valeurs):
            return ", ".join(date_format(v, "j F Y") for v in valeurs)
        return ", ".join(choix.get(str(v), str(v)) for v in valeurs)

    @property
    def cible(self) -> str:
        """Id of the first control: where the error summary leads."""
        if self.genre in {"coches", "groupe"}:
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def id_aide(self) -> str:
        return f"{self.auto_id}_aide"

    @property
    def id_erreur(self) -> str:
        return f"{self.auto_id}_erreur"

    @property
    def id_entre_temps(self) -> str:
        return f"{self.auto_id}_entre_temps"

    @property
    def id_limite(self) -> str:
        return f"{self.auto_id}_limite"

    @property
    def id_garde(self) -> str:
        return f"{self.auto_id}_garde"

    @property
    def aria_describedby(self) -> str | None:
        """Ids of the texts that explain the control, the error first."""
        if self.is_hidden:
            return None
        ids = [self.id_erreur] if self.errors else []
        if self.entre_temps:
            ids.append(self.id_entre_temps)
        if self.help_text:
            ids.append(self.id_aide)
        if self.limite:
            ids.append(self.id_limite)
        if self.gardes or self.field.widget.attrs.get("data-garde"):
            ids.append(self.id_garde)
        return " ".join(ids) or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add Bootstrap's classes, and the word counter's limit in place of `maxlength`."""
        widget = widget or self.field.widget
        finis = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return finis
        classe = self._classe(widget)
        if classe:
            finis["class"] = " ".join(c for c in (classe, widget.attrs.get("class", "")) if c)
        if self.limite and isinstance(widget, forms.Textarea):
            finis["data-limite"] = str(self.limite)
            finis["maxlength"] = False
        if self.genre == "coches":
            finis.pop("aria-invalid", None)
        return finis

    def _classe(self, widget: forms.Widget) -> str:
        invalide = " is-invalid" if self.errors else ""
        if isinstance(widget, (forms.CheckboxInput, *_COCHES)):
            return "form-check-input"
        if isinstance(widget, forms.Select):
            return f"form-select{invalide}"
        return "" if isinstance(widget, forms.MultiWidget) else f"form-control{invalide}"

    @property
    def options(self) -> Iterator[dict[str, Any]]:
        """Each choice of a list of boxes: its control, its words and its consequence."""
        for sous in self.subwidgets:
            libelle = sous.data["label"]
            yield {
                "controle": sous.tag(),
                "libelle": str(libelle),
                "consequence": getattr(libelle, "consequence", ""),
            }
