"""What is typed for a settlement: codes of closed lists, dates, amounts. One short text, the place."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from maillage.interface.formulaires import DateNaissanceField, DateProcheField, Formulaire, Option
from maillage.maire.documents_transaction import AUTORITES
from maillage.maire.etats_transaction import LIBELLES as ETATS
from maillage.maire.models.transaction import LIEU, PV
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.maire.selectors.transactions import Filtres
from maillage.maire.services.transactions import Constat, Offre
from maillage.situations.api import DonneesIdentite
from maillage.strategie.api import Item, liste

NATURES = (
    (Nature.REPARATION.value, Option("Réparation", "Une somme versée à la commune.")),
    (Nature.TRAVAIL.value, Option("Travail non rémunéré", "30 heures au plus, au profit de la commune.")),
)
SANS_AUTOCOMPLETION = {"autocomplete": "off"}


class EurosField(forms.DecimalField):
    """An amount typed as one writes it, with a comma and spaces."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "decimal", **SANS_AUTOCOMPLETION}))
        super().__init__(max_digits=9, decimal_places=2, min_value=Decimal("0.01"), **kwargs)

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace("€", "").replace(",", ".")
        return super().clean(value)


def _choix(items: Iterable[Item]) -> list[tuple[str, Any]]:
    return [(item.code, Option(item.libelle, item.aide)) for item in items]


def _deroulante(items: Iterable[Item]) -> list[tuple[str, Any]]:
    return [("", "Choisir"), *((item.code, item.libelle) for item in items)]


def _action_publique() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="L’action publique est-elle mise en mouvement ?",
        widget=forms.RadioSelect,
        choices=[
            ("non", Option("Non", "À la connaissance de la mairie, aujourd’hui.")),
            ("oui", Option("Oui", "Le procureur a engagé des poursuites : la transaction s’arrête.")),
        ],
    )


class Constater(Formulaire):
    """Le procès-verbal et la personne."""

    disposition = (
        ("nom", "prenom"),
        "naissance",
        "adresse",
        ("pv_numero", "pv_le"),
        ("service", "faits_le"),
        "contravention",
        ("bien", "estimation"),
        ("lieu", "lieu_precis"),
        "lieu_commune",
        "action_publique",
        "motif",
    )

    nom = forms.CharField(label="Nom", max_length=80, widget=forms.TextInput(SANS_AUTOCOMPLETION))
    prenom = forms.CharField(label="Prénom", max_length=80, widget=forms.TextInput(SANS_AUTOCOMPLETION))
    adresse = forms.CharField(label="Adresse", max_length=200, widget=forms.TextInput(SANS_AUTOCOMPLETION))
    pv_numero = forms.CharField(
        label="Numéro du procès-verbal", max_length=PV, widget=forms.TextInput(SANS_AUTOCOMPLETION)
    )
    estimation = EurosField(label="Préjudice estimé, en euros", help_text="Par exemple 240,50.")
    lieu_precis = forms.CharField(
        label="Rue ou nom du lieu",
        max_length=LIEU,
        required=False,
        help_text="Quelques mots, rien de plus.",
        widget=forms.TextInput(SANS_AUTOCOMPLETION),
    )

    def __init__(
        self,
        *args: Any,
        jour: date,
        communes: Iterable[tuple[str, str]],
        correction: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naissance"] = DateNaissanceField(aujourd_hui=lambda: jour)
        self.fields["pv_le"] = DateProcheField(label="Date du procès-verbal", jusqu_au=jour)
        self.fields["faits_le"] = DateProcheField(label="Jour des faits", jusqu_au=jour)
        self.fields["service"] = forms.ChoiceField(
            label="Service de l’agent", choices=_deroulante(liste("services_verbalisateurs", jour))
        )
        self.fields["contravention"] = forms.ChoiceField(
            label="Contravention",
            choices=[
                ("", "Choisir"),
                *(
                    (
                        item.code,
                        f"{item.libelle} ({item.attributs['article']}, classe {item.attributs['classe']})",
                    )
                    for item in liste("contraventions_pm", jour)
                ),
                ("autre", "Autre contravention, ou délit"),
            ],
        )
        self.fields["bien"] = forms.ChoiceField(
            label="Bien atteint", choices=_deroulante(liste("biens_communaux", jour))
        )
        self.fields["lieu"] = forms.ChoiceField(
            label="Lieu des faits", choices=_deroulante(liste("lieux_faits", jour))
        )
        self.fields["lieu_commune"] = forms.ChoiceField(
            label="Commune des faits", choices=[*communes, ("99999", "Une autre commune")]
        )
        self.fields["action_publique"] = _action_publique()
        if correction:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
            self.fields["motif"] = forms.ChoiceField(
                label="Pourquoi le dossier est rectifié",
                widget=forms.RadioSelect,
                choices=_choix(liste("motifs_rectification", jour)),
            )

    def identite(self) -> DonneesIdentite:
        lues = self.cleaned_data
        return DonneesIdentite(
            nom=lues["nom"],
            prenom=lues["prenom"],
            naissance=lues["naissance"],
            adresse=lues["adresse"],
        )

    def constat(self) -> Constat:
        noms = (
            "pv_numero",
            "pv_le",
            "faits_le",
            "service",
            "contravention",
            "bien",
            "lieu",
            "lieu_commune",
            "estimation",
            "lieu_precis",
        )
        return Constat(**{nom: self.cleaned_data[nom] for nom in noms})

    @property
    def engagee(self) -> bool:
        return bool(self.cleaned_data["action_publique"] == "oui")


class Proposer(Formulaire):
    """Ce que le maire propose, et les délais."""

    disposition = (
        "nature",
        ("montant", "heures"),
        "travaux",
        ("reponse_avant", "executer_avant"),
        "remise",
        "action_publique",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    nature = forms.ChoiceField(label="Ce qui est proposé", widget=forms.RadioSelect, choices=NATURES)
    montant = EurosField(label="Somme, en euros", required=False, help_text="Pour une réparation.")
    heures = forms.IntegerField(
        label="Nombre d’heures", required=False, min_value=1, help_text="Pour un travail."
    )

    def __init__(self, *args: Any, jour: date, reponse: date, execution: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["travaux"] = forms.ChoiceField(
            label="Travail, s’il y a lieu",
            required=False,
            choices=[("", "Sans objet"), *liste("travaux_transaction", jour).choix()],
        )
        self.fields["reponse_avant"] = DateProcheField(
            label="Dernier jour pour répondre", des_le=jour, initial=reponse
        )
        self.fields["executer_avant"] = DateProcheField(
            label="Dernier jour pour exécuter", des_le=jour, initial=execution
        )
        self.fields["remise"] = forms.ChoiceField(
            label="Comment la proposition est remise",
            widget=forms.RadioSelect,
            choices=_choix(liste("remises_transaction", jour)),
        )
        self.fields["action_publique"] = _action_publique()

    def offre(self) -> Offre:
        lues = self.cleaned_data
        return Offre(
            nature=Nature(lues["nature"]),
            montant=lues["montant"],
            heures=lues["heures"],
            travaux=lues["travaux"],
            reponse_avant=lues["reponse_avant"],
            executer_avant=lues["executer_avant"],
            remise=lues["remise"],
        )


class Dater(Formulaire):
    """Le jour où c’est fait ; ``demande_action``: what is known of the public action is asked again."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        jour: date,
        libelle: str,
        demande_action: bool = False,
        reponses: Iterable[tuple[str, Any]] = (),
        question: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        reponses = list(reponses)
        if reponses:
            self.fields["reponse"] = forms.ChoiceField(
                label=question, widget=forms.RadioSelect, choices=reponses
            )
        self.fields["fait_le"] = DateProcheField(label=libelle, jusqu_au=jour, initial=jour)
        if demande_action:
            self.fields["action_publique"] = _action_publique()


class Homologuer(Dater):
    """La décision de justice, et qui l’a prise."""

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(
            *args,
            jour=jour,
            libelle="Date de la décision",
            demande_action=True,
            question="Décision",
            reponses=[("oui", "Homologuée"), ("non", "Homologation refusée")],
            **kwargs,
        )
        self.fields["autorite"] = forms.ChoiceField(
            label="Décidée par",
            widget=forms.RadioSelect,
            choices=[
                (code.value, AUTORITES[code.value][0].upper() + AUTORITES[code.value][1:])
                for code in Autorite
            ],
        )


class Executer(Formulaire):
    """Un versement, ou des heures faites."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jour: date, nature: Nature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantite"] = (
            EurosField(label="Somme versée, en euros")
            if nature is Nature.REPARATION
            else forms.IntegerField(label="Heures faites", min_value=1)
        )
        self.fields["fait_le"] = DateProcheField(label="Le", jusqu_au=jour, initial=jour)
        self.fields["encadrant"] = forms.ChoiceField(
            label="Constaté par",
            help_text="La fonction de l’agent, jamais son nom.",
            choices=[
                ("", "Choisir"),
                *liste("encadrants_transaction", jour).choix(nature=nature.value),
            ],
        )


class Confirmer(Formulaire):
    """Rien à remplir : la page dit ce qui change."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Lever(Formulaire):
    """Pourquoi le maire écarte une raison qui n’est pas la loi."""

    precision = forms.CharField(label="Précision, s’il y a lieu", max_length=140, required=False)

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raison = forms.ChoiceField(
            label="Pourquoi cette raison est écartée",
            widget=forms.RadioSelect,
            choices=_choix(liste("motifs_levee_maire", jour)),
        )
        self.fields = {"raison": raison, **self.fields}


class Filtrer(Formulaire):
    """État, contravention, année."""

    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("vivantes", "En cours"),
            ("toutes", "Toutes"),
            *((code, libelle) for code, libelle in ETATS.items()),
        ],
    )
    contravention = forms.ChoiceField(label="Contravention", required=False)
    annee = forms.IntegerField(label="Année", required=False, min_value=2006, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["contravention"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [("", "Toutes"), *liste("contraventions_pm").choix()]

    def filtres(self) -> Filtres:
        if not self.is_bound or not self.is_valid():
            return Filtres()
        lues = self.cleaned_data
        return Filtres(lues["etat"] or "vivantes", lues["contravention"], lues["annee"])
