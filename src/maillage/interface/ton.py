"""Messages of a refused field: say what to write, never « champ obligatoire » nor « valeur invalide ».

Only Django's own messages are replaced; a message that a form wrote for its field is kept.
"""

from __future__ import annotations

from django import forms

_PAR_CODE: dict[str, str] = {
    "max_length": "Écrivez au plus %(limit_value)d signes : il y en a %(show_value)d.",
    "min_length": "Écrivez au moins %(limit_value)d signes : il y en a %(show_value)d.",
    "max_value": "Le plus grand nombre accepté est %(limit_value)s.",
    "min_value": "Le plus petit nombre accepté est %(limit_value)s.",
    "invalid_choice": "Cette réponse n’est plus dans la liste : choisissez-en une autre.",
    "invalid_list": "Reprenez les choix de la liste.",
    "overflow": "Cette valeur est trop grande.",
}
# From the most specific class to the most general one: the first that fits is used.
_INVALIDE: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateTimeField, "Écrivez la date et l’heure, par exemple 24/11/2026 14:30."),
    (forms.DateField, "Écrivez la date avec jour, mois et année, par exemple 14/05/2011."),
    (forms.TimeField, "Écrivez l’heure, par exemple 14:30."),
    (forms.EmailField, "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."),
    (forms.IntegerField, "Écrivez un nombre en chiffres."),
    (forms.UUIDField, "Cette référence n’est pas reconnue."),
)


def message_requis(champ: forms.Field, libelle: str) -> str:
    """What to do about an empty field, in the words of its label."""
    if isinstance(champ, forms.BooleanField):
        return f"Cochez « {libelle} » pour continuer."
    if isinstance(champ, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Choisissez une réponse pour « {libelle} »."
    if isinstance(champ, forms.FileField):
        return f"Joignez un fichier pour « {libelle} »."
    return f"Remplissez « {libelle} »."


def _d_origine(champ: forms.Field, code: str) -> bool:
    """Whether this message is still the framework's: identity tells it from one the form wrote."""
    actuel = champ.error_messages.get(code)
    if actuel is None:
        return True
    return any(
        classe.__module__.startswith("django.")
        and classe.__dict__.get("default_error_messages", {}).get(code) is actuel
        for classe in type(champ).__mro__
    )


def mettre_au_ton(champ: forms.Field, libelle: str) -> None:
    """Give a field the messages of the product, where it has none of its own."""
    neufs = dict(_PAR_CODE)
    neufs["required"] = message_requis(champ, libelle.rstrip(" :"))
    invalide = next((texte for classe, texte in _INVALIDE if isinstance(champ, classe)), None)
    if invalide:
        neufs["invalid"] = invalide
    for code, texte in neufs.items():
        if _d_origine(champ, code):
            champ.error_messages[code] = texte
