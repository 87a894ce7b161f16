"""Tags and filters of the visual language: icons, French dates and numbers, agreement."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.droit.api import Motif, Verdict
from maillage.interface import ecriture, formulaires, refus, typographie
from maillage.interface.adresses import adresse
from maillage.interface.formulaires import LigneErreur
from maillage.interface.icones import ICONES
from maillage.interface.navigation import Groupe

register = template.Library()


class IconeInconnueError(template.TemplateSyntaxError):
    """An icon that the sprite does not hold would silently draw nothing."""


@lru_cache(maxsize=1)
def _planche() -> str:
    return static("maillage/img/icones.svg")


@register.simple_tag
@lru_cache(maxsize=512)
def icone(nom: str, classe: str = "ic") -> SafeString:
    """Draw an icon of the sprite. Always beside its word: it is hidden from assistive technology."""
    if nom not in ICONES:
        raise IconeInconnueError(f"L'icône « {nom} » n'existe pas dans la planche.")
    planche = static("maillage/img/icones.svg") if settings.DEBUG else _planche()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', classe, planche, nom
    )


@register.filter
def date_longue(valeur: Any) -> str:
    """A date in words, with its year."""
    jour = _jour(valeur)
    return typographie.date_longue(jour) if jour else ""


@register.filter
def date_courte(valeur: Any) -> str:
    """A date in words, without its year: only where the year is beyond doubt."""
    jour = _jour(valeur)
    return typographie.date_longue(jour, annee=False) if jour else ""


@register.filter
def date_semaine(valeur: Any) -> str:
    """« mardi 24 novembre 2026 »."""
    jour = _jour(valeur)
    return typographie.date_longue(jour, jour_semaine=True) if jour else ""


@register.filter
def heure(valeur: datetime.datetime | datetime.time | None) -> str:
    """« 14 h 30 »."""
    if not isinstance(valeur, (datetime.datetime, datetime.time)):
        return ""
    if isinstance(valeur, datetime.datetime) and timezone.is_aware(valeur):
        valeur = timezone.localtime(valeur)
    return typographie.heure(valeur)


@register.filter
def groupe(nom: str) -> str:
    """`le {{ nom|groupe }}`: « le groupe Jeunesse », never « le groupe Groupe Jeunesse »."""
    return typographie.groupe_nomme(nom)


@register.filter
def accord(valeur: int | None, formes: str) -> str:
    """`{{ n|accord:"situation,situations" }}`."""
    return typographie.accord(valeur or 0, formes)


@register.filter
def nombre(valeur: int | None) -> str:
    """`40882` → « 40 882 »."""
    return typographie.nombre(valeur) if isinstance(valeur, int) else ""


@register.filter
def initiales(nom: str) -> str:
    """« Hélène Olivet » → « HO »."""
    return typographie.initiales(nom)


@register.filter
def espaces(texte: str) -> str:
    """Fix the non-breaking spaces of a French sentence; what was to be escaped still is, once."""
    fixe = typographie.espaces(str(texte))
    return SafeString(fixe) if isinstance(texte, SafeString) else fixe


def _jour(valeur: Any) -> datetime.date | None:
    if isinstance(valeur, datetime.datetime):
        return (timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur).date()
    return valeur if isinstance(valeur, datetime.date) else None


@register.filter
def en_lettres(valeur: int) -> str:
    """« deux », up to ten."""
    return typographie.en_lettres(int(valeur))


@register.filter
def cle(table: Any, nom: str) -> Any:
    """A value by its key, where the key cannot be written with a dot. None when absent."""
    return table.get(nom) if hasattr(table, "get") else None


@register.filter
def premiere_phrase(texte: str) -> str:
    """The first sentence of a reason: its title on a refusal."""
    return typographie.couper(str(texte))[0]


@register.filter
def suite(texte: str) -> str:
    """What follows the first sentence."""
    return typographie.couper(str(texte))[1]


@register.simple_tag
def resume_des_erreurs(formulaire: BaseForm) -> list[LigneErreur]:
    """Lines of the error summary of a form."""
    return formulaires.resume_des_erreurs(formulaire)


@register.simple_tag
def parties(formulaire: BaseForm) -> list[formulaires.Partie]:
    """Visible fields of a form, by part and by row."""
    return formulaires.parties(formulaire)


@register.filter
def fiabilite(motif: Motif) -> str:
    """How sure we are of the legal basis of a reason, in words."""
    return refus.fiabilite(motif)


@register.filter
def nom_echeance(nom: str) -> str:
    """`fin_au_plus_tard` → « Fin au plus tard »: the names of computed dates are French words."""
    return refus.nom_echeance(nom)


@register.filter
def en_lettres_f(valeur: int) -> str:
    """« une », « deux »: the feminine of `en_lettres`."""
    return typographie.en_lettres(int(valeur), feminin=True)


@register.simple_tag
def leviers(verdict: Verdict, statut: int) -> tuple[str, ...]:
    """What may be done about a refusal."""
    return refus.leviers(verdict, statut)


@register.simple_tag(name="adresse")
def adresse_(route: str, *cles: UUID) -> str:
    """``{% adresse "parcours:offre" cle %}``: as ``url``, for links drawn many times in a page."""
    return adresse(route, *cles)


@register.simple_tag
def menu(navigation: tuple[Groupe, ...]) -> SafeString:
    """The groups of the menu and their entries."""
    return ecriture.menu(navigation)


@register.simple_tag
def jalon(
    *, le: datetime.date | None, quand: str, titre: str, genre: str, niveau: str, suite: str
) -> SafeString:
    """A step of a timeline, for its component: the markup is written once."""
    return ecriture.jalon(le=_jour(le), quand=quand, titre=titre, genre=genre, niveau=niveau, suite=suite)


@register.simple_tag
def lecteurs_lus(lecteurs: Iterable[ecriture.LecteurMontre], *, ligne: bool) -> SafeString:
    """The items of a list of readers."""
    return ecriture.lecteurs(lecteurs, icone=icone("lu"), ligne=ligne)


@register.simple_tag
def lecteurs_en_bref(lecteurs: Sequence[ecriture.LecteurMontre]) -> str:
    """« Hélène Olivet, Marc Delvigne et 7 autres »: who reads, in one line."""
    return ecriture.lecteurs_en_bref(lecteurs)
