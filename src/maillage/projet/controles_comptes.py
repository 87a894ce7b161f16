"""The controls of who signs in, and how: passwords, second factors, attempts, sessions, identity provider."""

from datetime import timedelta

from django.conf import settings

from maillage.acteurs.api import acces_aux_comptes, etat_des_applications, etat_des_comptes, liste_divulguee
from maillage.acteurs.fournisseur import DELAI
from maillage.acteurs.regles_oidc import ReglagesOidc, fautes_des_reglages
from maillage.acteurs.regles_secrets import ESSAIS_PAR_ADRESSE, ESSAIS_PAR_COMPTE, SEUL, essais_par_jour
from maillage.acteurs.regles_sessions import SEUIL_COURT, SEUIL_JOUR, inactivite
from maillage.droit.api import entier
from maillage.socle.temps import aujourd_hui

LECTURES = "maillage.acteurs.middleware.LecturesMiddleware"
#: Left alone for longer, a session is anybody's.
INACTIVITE_AU_PLUS = timedelta(hours=1)
#: Longer than this, a session outlives a working day.
SESSION_AU_PLUS = timedelta(hours=12)


def mots_de_passe() -> tuple[bool, str]:
    """The rule is in force and the list of known passwords is the one its card describes."""
    fiche, intacte = liste_divulguee()
    bits = entier(SEUL, aujourd_hui())
    if not intacte:
        return (
            False,
            "La liste des mots de passe divulgués n’est pas celle de sa fiche : réinstallez le programme.",
        )
    argon = settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    if not argon and settings.CONFIGURATION.mode != "essais":
        return False, "Les mots de passe ne sont pas gardés par Argon2."
    return True, (
        f"{bits} bits d’entropie au moins ; {fiche.nombre} mots de passe divulgués refusés, "
        f"liste du {fiche.etablie_le:%d/%m/%Y}."
    )


def seconds_facteurs() -> tuple[bool, str]:
    """Who must show two factors has them, or will be asked at the next sign-in."""
    etat, acces = etat_des_comptes(), acces_aux_comptes()
    detail = (
        f"Comptes ouverts : {etat.ouverts} ; application : {acces.applications}, clé : {acces.cles}, "
        f"identité externe : {acces.identites} ; sans second facteur, demandé à la prochaine connexion : "
        f"{etat.sans_second_facteur}."
    )
    if acces.sessions_sans_second_facteur:
        return False, (
            f"Sessions ouvertes sans le second facteur exigé : {acces.sessions_sans_second_facteur}. "
            "Fermez-les depuis la page du compte."
        )
    return True, detail


def essais_de_connexion() -> tuple[bool, str]:
    """Attempts are slowed down, by account and by address."""
    bloques, par_jour = etat_des_comptes().bloques, essais_par_jour(aujourd_hui())
    return True, (
        f"{ESSAIS_PAR_COMPTE} essais par compte puis une attente qui double, {par_jour} par jour au plus ; "
        f"{ESSAIS_PAR_ADRESSE} par adresse. Suspendus en ce moment : {bloques}."
    )


def sessions() -> tuple[bool, str]:
    """Sessions end by themselves within a day's work, and their cookie is safe."""
    if timedelta(seconds=settings.SESSION_COOKIE_AGE) > SESSION_AU_PLUS:
        return False, "Les sessions durent plus de douze heures."
    if settings.CONFIGURATION.https and not settings.SESSION_COOKIE_SECURE:
        return False, "Le témoin de session peut partir sans chiffrement."
    sans_action = inactivite(aujourd_hui())
    if sans_action > INACTIVITE_AU_PLUS:
        return False, "Les sessions sans action durent plus d’une heure."
    anciennes = len(settings.SECRET_KEY_FALLBACKS)
    suite = f" Clés de signature d’avant encore acceptées : {anciennes}." if anciennes else ""
    minutes = int(sans_action.total_seconds() // 60)
    return True, (
        f"Sessions ouvertes : {acces_aux_comptes().sessions}. Elles finissent après {minutes} minutes sans "
        f"action, et dix heures après leur ouverture.{suite}"
    )


def applications_scellees() -> tuple[bool, str]:
    """The secret of every application of codes is sealed, and its key is in the store."""
    etat = etat_des_applications()
    if etat.en_clair:
        return False, (
            f"Secrets d’applications de codes en clair : {etat.en_clair}. Lancez « maillage base preparer »."
        )
    if etat.sans_cle:
        return False, (
            f"Applications de codes dont la clé n’est plus dans le coffre : {etat.sans_cle}. "
            "Remettez la copie du coffre, ou retirez leur second facteur à ces comptes."
        )
    return True, f"Applications de codes : {etat.nombre}, chacune scellée par sa clé du coffre."


def rythme_des_lectures() -> tuple[bool, str]:
    """Whoever opens more files than a person reads is asked for a proof, and it is told."""
    jour = aujourd_hui()
    court, long = entier(SEUIL_COURT, jour), entier(SEUIL_JOUR, jour)
    if LECTURES not in settings.MIDDLEWARE:
        return False, "Les lectures de dossiers ne sont pas comptées : remettez les réglages d’origine."
    return True, (
        f"Une preuve est redemandée après {court} lectures en dix minutes ou {long} en un jour ; "
        f"comptes à qui elle l’a été depuis un jour : {acces_aux_comptes().preuves_dues}."
    )


def fournisseur_d_identite() -> tuple[bool, str]:
    """The identity provider's settings, and whether anybody uses it. Nothing is asked of the network."""
    regles: ReglagesOidc | None = settings.OIDC
    if regles is None:
        return True, "Sans objet : aucun fournisseur d’identité n’est réglé, les comptes sont locaux."
    fautes = fautes_des_reglages(regles, production=settings.CONFIGURATION.mode == "production")
    if fautes:
        return False, " ".join(fautes)
    lies = acces_aux_comptes().identites
    return (
        True,
        f"{regles.nom} réglé, deux facteurs exigés ({len(regles.acr)} niveaux), attendu {DELAI} secondes au "
        f"plus par échange et hors de toute transaction ; comptes liés : {lies}.",
    )
