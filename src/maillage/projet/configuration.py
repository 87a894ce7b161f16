"""What the environment says, read once and checked. Every variable is listed in ``VARIABLES``.

Production is the default mode: nothing unsafe is accepted there, and the refusal says why.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from maillage.acteurs.regles_oidc import ACR_DEUX_FACTEURS, ReglagesOidc, fautes_des_reglages

PRODUCTION = "production"
DEMONSTRATION = "demonstration"
ESSAIS = "essais"
#: Where the bases are, by role.
ADRESSES = (
    "DATABASE_URL",
    "DATABASE_URL_PROPRIETAIRE",
    "DATABASE_URL_CLES",
    "DATABASE_URL_CLES_PROPRIETAIRE",
)
#: A base reached without leaving the machine.
LOCAUX = frozenset({"", "127.0.0.1", "::1", "localhost"})
#: Of a signing key, in characters.
LONGUEUR_DE_CLE = 50
#: Who starts the daily retention run.
PAR_LE_SERVICE, PAR_L_EXPLOITANT = "service", "exploitant"
MODES = (PRODUCTION, DEMONSTRATION, ESSAIS)

#: name -> what it does; shown in docs/exploitation.md
VARIABLES: dict[str, str] = {
    "MAILLAGE_MODE": "production (défaut) ou demonstration ; la suite d’essais utilise essais",
    "MAILLAGE_DONNEES": "dossier des données ; par défaut celui de l’utilisateur, du système pour root",
    "MAILLAGE_CLE_SECRETE": "clé de signature, 50 caractères au moins ; obligatoire en production",
    "MAILLAGE_CLES_SECRETES_ANCIENNES": "clés de signature d’avant, encore acceptées, séparées par des "
    "virgules, la plus récente d’abord ; à retirer quand leur délai est passé",
    "MAILLAGE_HOTES": "noms d’hôtes servis, séparés par des virgules ; obligatoires en production",
    "MAILLAGE_HTTPS": "oui (défaut en production) : cookies sûrs, HSTS ; non : seulement sur 127.0.0.1",
    "DATABASE_URL": "serveur PostgreSQL 16 à 18, connexion du rôle m_web ; sinon serveur embarqué",
    "DATABASE_URL_PROPRIETAIRE": "même serveur, connexion du rôle m_proprietaire, pour les migrations",
    "DATABASE_URL_CLES": "coffre des clés, connexion du rôle m_web ; par défaut le même serveur, base du "
    "même nom suivi de « _cles »",
    "DATABASE_URL_CLES_PROPRIETAIRE": "coffre des clés, connexion du rôle m_proprietaire ; même défaut",
    "MAILLAGE_CLE_MAITRE": "fichier de la clé maîtresse, qui enveloppe les clés du coffre, hors de "
    "PostgreSQL ; par défaut cles/maitre.cle dans le dossier des données, créé avec la base",
    "MAILLAGE_CLE_JOURNAL": "fichier de la clé qui signe le journal, hors de la base ; par défaut "
    "cles/journal.pem dans le dossier des données, créé au premier emploi",
    "MAILLAGE_CLE_SAUVEGARDE": "fichier de la clé qui chiffre les sauvegardes, à garder ailleurs ; "
    "par défaut cles/sauvegarde.cle dans le dossier des données, créé au premier emploi",
    "MAILLAGE_OIDC_EMETTEUR": "adresse de l’émetteur OpenID Connect (ProConnect), en https ; "
    "sans elle, les comptes locaux seuls",
    "MAILLAGE_OIDC_CLIENT": "identifiant de Maillage chez ce fournisseur d’identité",
    "MAILLAGE_OIDC_SECRET": "secret de Maillage chez ce fournisseur d’identité",
    "MAILLAGE_OIDC_NOM": "nom de ce fournisseur sur les boutons ; ProConnect par défaut",
    "MAILLAGE_OIDC_ACR": "niveaux à deux facteurs demandés et acceptés, séparés par des virgules ; "
    "par défaut ceux de ProConnect",
    "MAILLAGE_PURGE": "service (défaut) : le service lance la purge une fois par jour ; exploitant : votre "
    "propre minuterie s’en charge",
    "MAILLAGE_UID_POSTGRES": "uid non privilégié du serveur embarqué quand la commande est lancée par root",
}


@dataclass(frozen=True)
class Configuration:
    """Settings of one process, and the faults found in them (empty when all is well)."""

    mode: str
    cle_secrete: str
    hotes: tuple[str, ...]
    https: bool
    database_url: str
    database_url_proprietaire: str
    database_url_cles: str = ""
    database_url_cles_proprietaire: str = ""
    cle_maitre: str = ""
    cle_journal: str = ""
    cle_sauvegarde: str = ""
    oidc: ReglagesOidc | None = None
    cles_anciennes: tuple[str, ...] = ()
    purge: str = PAR_LE_SERVICE
    fautes: tuple[str, ...] = field(default=())

    @property
    def demonstration(self) -> bool:
        return self.mode == DEMONSTRATION


class ConfigurationRefusee(Exception):
    """The environment is unsafe or incomplete; the message lists each fault in a sentence."""


def lire(environnement: Mapping[str, str] | None = None) -> Configuration:
    """Read the environment. Never raises: faults are listed, ``exiger`` refuses them."""
    env = os.environ if environnement is None else environnement
    mode = env.get("MAILLAGE_MODE", PRODUCTION)
    hotes = _separees(env.get("MAILLAGE_HOTES", ""))
    cle = env.get("MAILLAGE_CLE_SECRETE", "")
    anciennes = _separees(env.get("MAILLAGE_CLES_SECRETES_ANCIENNES", ""))
    https = env.get("MAILLAGE_HTTPS", "oui" if mode == PRODUCTION else "non") == "oui"
    url, url_proprietaire = env.get("DATABASE_URL", ""), env.get("DATABASE_URL_PROPRIETAIRE", "")
    fautes = [] if mode in MODES else [f"MAILLAGE_MODE vaut « {mode} » : attendu {', '.join(MODES)}."]
    if mode == PRODUCTION:
        fautes += _fautes_de_production(cle, hotes, https) + _fautes_des_anciennes(cle, anciennes)
        fautes += [faute for nom in ADRESSES if (faute := _faute_de_liaison(nom, env.get(nom, "")))]
    if url and not url_proprietaire:
        fautes.append("DATABASE_URL_PROPRIETAIRE manque : les migrations ont leur propre rôle.")
    if env.get("DATABASE_URL_CLES") and not env.get("DATABASE_URL_CLES_PROPRIETAIRE"):
        fautes.append("DATABASE_URL_CLES_PROPRIETAIRE manque : le coffre des clés a aussi son propriétaire.")
    purge = env.get("MAILLAGE_PURGE", PAR_LE_SERVICE)
    if purge not in {PAR_LE_SERVICE, PAR_L_EXPLOITANT}:
        fautes.append(f"MAILLAGE_PURGE vaut « {purge} » : attendu service ou exploitant.")
    oidc = _oidc(env)
    if oidc is not None:
        fautes += fautes_des_reglages(oidc, production=mode == PRODUCTION)
    return Configuration(
        mode=mode,
        cle_secrete=cle or secrets.token_urlsafe(50),
        hotes=hotes or ("127.0.0.1", "localhost", "testserver"),
        https=https,
        database_url=url,
        database_url_proprietaire=url_proprietaire,
        database_url_cles=env.get("DATABASE_URL_CLES", ""),
        database_url_cles_proprietaire=env.get("DATABASE_URL_CLES_PROPRIETAIRE", ""),
        cle_maitre=env.get("MAILLAGE_CLE_MAITRE", ""),
        cle_journal=env.get("MAILLAGE_CLE_JOURNAL", ""),
        cle_sauvegarde=env.get("MAILLAGE_CLE_SAUVEGARDE", ""),
        oidc=oidc,
        cles_anciennes=anciennes,
        purge=purge,
        fautes=tuple(fautes),
    )


def _oidc(env: Mapping[str, str]) -> ReglagesOidc | None:
    """The identity provider, when any of its variables is set."""
    emetteur, client, secret = (
        env.get(f"MAILLAGE_OIDC_{nom}", "").strip() for nom in ("EMETTEUR", "CLIENT", "SECRET")
    )
    if not (emetteur or client or secret):
        return None
    acr = _separees(env.get("MAILLAGE_OIDC_ACR", ""))
    return ReglagesOidc(
        emetteur=emetteur,
        client=client,
        secret=secret,
        nom=env.get("MAILLAGE_OIDC_NOM", "").strip() or "ProConnect",
        acr=acr or ACR_DEUX_FACTEURS,
    )


def _fautes_de_production(cle: str, hotes: tuple[str, ...], https: bool) -> list[str]:
    fautes = []
    if len(cle) < LONGUEUR_DE_CLE:
        fautes.append("MAILLAGE_CLE_SECRETE manque ou compte moins de 50 caractères.")
    if not hotes or "*" in hotes:
        fautes.append("MAILLAGE_HOTES doit nommer chaque hôte servi, sans « * ».")
    if not https and set(hotes) - {"127.0.0.1", "localhost"}:
        fautes.append("MAILLAGE_HTTPS=non n’est accepté que pour 127.0.0.1 et localhost.")
    return fautes


def _separees(texte: str) -> tuple[str, ...]:
    return tuple(morceau.strip() for morceau in texte.split(",") if morceau.strip())


def _fautes_des_anciennes(cle: str, anciennes: tuple[str, ...]) -> list[str]:
    """A former key is as long as any, and is no longer the one in service."""
    fautes = []
    if any(len(ancienne) < LONGUEUR_DE_CLE for ancienne in anciennes):
        fautes.append("MAILLAGE_CLES_SECRETES_ANCIENNES contient une clé de moins de 50 caractères.")
    if cle in anciennes or len(set(anciennes)) != len(anciennes):
        fautes.append("MAILLAGE_CLES_SECRETES_ANCIENNES répète une clé, ou contient celle en service.")
    return fautes


def _faute_de_liaison(nom: str, adresse: str) -> str:
    """A base reached by the network is reached under TLS, its certificate checked; empty when it is so.

    Without ``sslmode``, the client takes a connection in clear when the server offers no other.
    """
    if "://" in adresse:
        lue = urlsplit(adresse)
        hote, options = unquote(lue.hostname or ""), lue.query
    else:
        hote, options = next(iter(re.findall(r"\bhost(?:addr)?\s*=\s*'?([^\s']+)", adresse)), ""), adresse
    if not adresse or hote in LOCAUX or hote.startswith("/"):
        return ""
    if re.search(r"\bsslmode\s*=\s*'?verify-(full|ca)\b", options):
        return ""
    return f"{nom} passe par le réseau : ajoutez sslmode=verify-full."


def exiger(configuration: Configuration) -> None:
    """Refuse to go on with a faulty configuration. Raises ``ConfigurationRefusee``."""
    if configuration.fautes:
        raise ConfigurationRefusee(" ".join(configuration.fautes))


def cle_de_demonstration(dossier: Path) -> str:
    """A key of its own for each demo data folder, so that sessions survive a restart."""
    fichier = dossier / "cle_secrete"
    if not fichier.exists():
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        fichier.chmod(0o600)
    return fichier.read_text(encoding="utf-8")
