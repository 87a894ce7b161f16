"""The account: the actor of every transaction. It holds functions; habilitations live in ``instances``."""

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from maillage.acteurs.fonctions import FONCTIONS
from maillage.acteurs.models.organisme import Organisme
from maillage.socle.contraintes import Droits
from maillage.socle.temps import maintenant


class Civilite(models.TextChoices):
    """Used only to write a function as the person bears it (coordonnatrice, coordonnateur)."""

    FEMININ = "F", "Madame"
    MASCULIN = "M", "Monsieur"


class CompteManager(BaseUserManager["Compte"]):
    def creer(
        self, *, courriel: str, prenom: str, nom: str, mot_de_passe: str | None = None, **champs: object
    ) -> "Compte":
        """Create an account; without a password it cannot sign in by one."""
        compte = self.model(
            courriel=courriel.strip().lower(), prenom=prenom.strip(), nom=nom.strip(), **champs
        )
        compte.set_password(mot_de_passe)
        compte.save(using=self._db)
        return compte

    def get_by_natural_key(self, username: str | None) -> "Compte":
        return self.get(courriel=(username or "").strip().lower())


class Compte(AbstractBaseUser):
    """A person who signs in. No superuser, no groups: rights come from functions and habilitations.

    ``double_facteur_exige`` is set by the functions exercised; it may be required beyond them, never waived.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    courriel = models.EmailField(max_length=254)
    prenom = models.CharField(max_length=80)
    nom = models.CharField(max_length=80)
    civilite = models.CharField(max_length=1, choices=Civilite.choices, blank=True, default="")
    fonction_libelle = models.CharField(max_length=120, blank=True, default="")
    organisme = models.ForeignKey(
        Organisme, on_delete=models.PROTECT, null=True, blank=True, related_name="comptes"
    )
    actif = models.BooleanField(default=True)
    double_facteur_exige = models.BooleanField(default=True)
    cree_le = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom", "nom"]

    objects = CompteManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["courriel"], name="compte_courriel_unique"),
            models.CheckConstraint(
                condition=models.Q(courriel=Lower("courriel")), name="compte_courriel_minuscule"
            ),
            Droits(name="compte_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def is_active(self) -> bool:
        """Django's name for ``actif``: a closed account can neither sign in nor keep a session."""
        return self.actif

    @is_active.setter
    def is_active(self, valeur: bool) -> None:
        self.actif = valeur

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip()

    @property
    def initiales(self) -> str:
        return f"{self.prenom[:1]}{self.nom[:1]}".upper()

    @property
    def fonctions(self) -> frozenset[str]:
        """Codes in force now; read once for each instance, hence once a request."""
        if "_fonctions" not in self.__dict__:
            self.__dict__["_fonctions"] = frozenset(
                self.fonctions_exercees.en_vigueur(maintenant()).values_list("code", flat=True)
            )
        codes: frozenset[str] = self.__dict__["_fonctions"]
        return codes

    def poser_fonctions(self, codes: Iterable[str]) -> None:
        """Give the codes read with this row."""
        self.__dict__["_fonctions"] = frozenset(codes)

    def oublier_fonctions(self) -> None:
        """Read the functions again: one has just been given or taken back."""
        self.__dict__.pop("_fonctions", None)

    @property
    def titre(self) -> str:
        """What the person does, as a screen says it: their own words, else their first function."""
        if self.fonction_libelle:
            return self.fonction_libelle
        portees = [fonction for code, fonction in FONCTIONS.items() if code in self.fonctions]
        return portees[0].libelle(self.civilite) if portees else ""
