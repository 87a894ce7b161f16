"""Forms of séances: a date to come, a place, presences, a decision with its consequence."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from maillage.instances.modeles_seance import modeles_pour
from maillage.instances.models.seance import EtatPresence
from maillage.instances.points import Decision
from maillage.instances.selectors.seances import LIBELLE_REPORTER, REPORTER, Attendu
from maillage.interface.formulaires import DateProcheField, Formulaire, Option

PRECISION = "precision_"


class PreparerSeance(Formulaire):
    """The template, the day and the hour in the council's own time zone, the place."""

    disposition = (("jour", "heure"), "duree_minutes", "lieu", "modele")

    jour = DateProcheField(label="Jour")
    heure = forms.TimeField(label="Heure", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    duree_minutes = forms.TypedChoiceField(
        label="Durée prévue",
        choices=[(60, "1 h"), (90, "1 h 30"), (120, "2 h"), (180, "3 h")],
        coerce=int,
        initial=120,
    )
    lieu = forms.CharField(label="Lieu", max_length=200)

    def __init__(self, *args: Any, genre: str, fuseau: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fuseau = fuseau
        proposes = modeles_pour(genre)
        self.fields["modele"] = forms.ChoiceField(
            label="Modèle d’ordre du jour",
            widget=forms.RadioSelect,
            choices=[(modele.code, Option(modele.libelle, modele.aide)) for modele in proposes],
            initial=proposes[0].code,
        )

    def instant(self) -> datetime:
        """The start, aware, as the council's clocks show it."""
        return datetime.combine(self.cleaned_data["jour"], self.cleaned_data["heure"], tzinfo=self.fuseau)


class NoterPresences(Formulaire):
    """One choice a person expected; nobody is present by default."""

    def __init__(self, *args: Any, attendus: list[Attendu], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for attendu in attendus:
            self.fields[f"presence_{attendu.pk}"] = forms.ChoiceField(
                label=attendu.intitule,
                choices=EtatPresence.choices,
                initial=attendu.etat,
                show_hidden_initial=True,
            )

    def etats(self) -> dict[int, str]:
        """Only what was changed on this page: two people may note at the same time."""
        return {int(nom.removeprefix("presence_")): self.cleaned_data[nom] for nom in self.changed_data}


class DeciderPoint(Formulaire):
    """The decisions open on this file, each with what it will do; a precision where it asks for one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decisions: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {decision.code: decision for decision in decisions}
        choix = [(d.code, Option(d.libelle, d.consequence)) for d in decisions]
        choix.append((REPORTER, Option(LIBELLE_REPORTER, "Le dossier sera proposé de nouveau")))
        self.fields["decision"] = forms.ChoiceField(
            label="Décision du groupe", widget=forms.RadioSelect, choices=choix
        )
        for decision in decisions:
            if decision.precisions:
                champ = forms.ChoiceField(
                    label=f"{decision.libelle} : précisez",
                    choices=[("", "Choisir"), *decision.precisions],
                    required=False,
                )
                self.fields[PRECISION + decision.code] = champ

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        decision = self.decisions.get(donnees.get("decision", ""))
        if decision and decision.precisions and not donnees.get(PRECISION + decision.code):
            self.add_error(PRECISION + decision.code, "Choisissez une précision pour cette décision.")
        return donnees

    def decision_prise(self) -> dict[str, Any]:
        """The arguments of the service, which refuses them where the file is no longer open to a decision."""
        lues = self.cleaned_data
        decision = lues.get("decision", "")
        return {
            "decision": decision,
            "precision": str(lues.get(PRECISION + decision) or ""),
            "version": lues.get("version", 0),
        }


class ConclureTheme(Formulaire):
    """What was concluded on a subject, without a name."""

    releve = forms.CharField(
        label="Ce que le groupe retient",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Aucun nom de personne : ce relevé est lu par toute la formation.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
