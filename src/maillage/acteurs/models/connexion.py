"""Sessions that can be listed and ended, and the failures that slow a guesser down."""

import uuid
from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from maillage.acteurs.models.compte import Compte
from maillage.socle.contraintes import Droits


class SessionManager(BaseSessionManager["Session"]):
    """Django's own session manager, bound to our table."""


class Session(AbstractBaseSession):
    """A session in the database, with the account it opens. Deleting the row ends the access."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, null=True, related_name="sessions")
    ouverte_le = models.DateTimeField(null=True)
    vue_le = models.DateTimeField(null=True)
    navigateur = models.CharField(max_length=60, blank=True, default="")

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "session"
        verbose_name_plural = "sessions"
        constraints = [Droits(name="session_droits", web="SELECT, INSERT, UPDATE, DELETE")]
        indexes = [models.Index(fields=["compte", "expire_date"], name="session_compte")]

    def __str__(self) -> str:
        return str(self.public_id)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from maillage.acteurs.sessions import SessionStore

        return SessionStore


class EchecDeConnexion(models.Model):
    """Recent failures under one key. ``cle`` is a keyed hash of an address or of a typed identifier.

    No e-mail address and no network address is stored: a mistyped identifier may be somebody's.
    """

    cle = models.CharField(max_length=64, unique=True)
    echecs = models.PositiveSmallIntegerField(default=0)
    premier_le = models.DateTimeField()
    bloque_jusqua = models.DateTimeField(null=True)

    class Meta:
        constraints = [Droits(name="echec_connexion_droits", web="SELECT, INSERT, UPDATE, DELETE")]
        indexes = [models.Index(fields=["premier_le"], name="echec_premier_le")]

    def __str__(self) -> str:
        return f"{self.echecs} échecs"
