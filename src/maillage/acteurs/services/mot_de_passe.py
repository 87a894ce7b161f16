"""Choose, change and open again a password."""

from django.contrib.auth.tokens import default_token_generator

from maillage.acteurs.divulgues import divulgue
from maillage.acteurs.models import Compte, Session
from maillage.acteurs.regles_secrets import Identite, juger_mot_de_passe
from maillage.droit.api import Verdict
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui


def juger(*, compte: Compte, mot_de_passe: str) -> Verdict:
    """What the rule says of this password for this account."""
    identite = Identite(compte.prenom, compte.nom, compte.courriel)
    return juger_mot_de_passe(mot_de_passe, identite=identite, divulgue=divulgue, le=aujourd_hui())


def changer(*, compte: Compte, mot_de_passe: str, session: str | None = None) -> None:
    """Set the password and end every session but ``session``. Raises ``Refus`` for a weak one.

    The caller has proved who they are: former password, or one-use link.
    """
    verdict = juger(compte=compte, mot_de_passe=mot_de_passe)
    if not verdict.ok:
        raise Refus(verdict, objet=compte.public_id)
    compte.set_password(mot_de_passe)
    with contexte(compte.pk):
        Compte.objects.filter(pk=compte.pk).update(password=compte.password)
        Session.objects.filter(compte=compte).exclude(session_key=session or "").delete()
        journaliser("mot_de_passe_change", objet=compte.public_id)


def jeton_d_ouverture(compte: Compte) -> str:
    """A link's one-use token: it dies with the first password set, the next sign-in, or three days."""
    return default_token_generator.make_token(compte)


def jeton_valide(compte: Compte, jeton: str) -> bool:
    return compte.actif and default_token_generator.check_token(compte, jeton)
