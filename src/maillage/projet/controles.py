"""The controls that look at the configuration and at the migrations, added to those of the base."""

from datetime import timedelta

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from maillage.droits.api import retenus
from maillage.projet import (
    controles_archives,
    controles_cles,
    controles_comptes,
    controles_conservation,
)
from maillage.projet.bases import sous_le_proprietaire
from maillage.situations.api import retention
from maillage.situations.garde import examiner as examiner_le_texte
from maillage.situations.garde.mesure import mesure as mesure_de_la_garde
from maillage.situations.garde.mesure import version as version_de_la_garde
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.examen import examiner
from maillage.socle.contexte import en_maintenance
from maillage.socle.controles import Controle, controle
from maillage.socle.models import EntreeJournal
from maillage.socle.scelle.sequenceur import JournalRompu, en_attente, verifier_en_base
from maillage.socle.temps import FUSEAU_METROPOLE, maintenant

#: A daily run may be some hours late without alarm.
HEURES_AU_PLUS = 48
#: What the command that makes a backup writes in the journal.
SAUVEGARDE = "sauvegarde"
SAUVEGARDE_DES_CLES = "sauvegarde_cles"
SAUVEGARDE_DE_BASE = "sauvegarde_base"
#: Heads are signed each minute while the service runs; a command's entries wait for the next one.
MINUTES_SANS_SCEAU = 15


def inscrire() -> None:
    """Register the project's controls; safe to call again."""
    controle("configuration")(configuration_sure)
    controle("migrations")(migrations_passees)
    controle("cles_coffre")(coffre_ferme)


def inscrire_l_exploitation() -> None:
    """Those of the daily work, which must not keep the service from starting; safe to call again."""
    controle("conservation_echeances")(_en_operateur(echeances_portees))
    controle("conservation_passage")(_en_operateur(purge_passee))
    controle("conservation_purges")(_en_operateur(purges_en_attente))
    controle("conservation_tables")(controles_conservation.tables_finies)
    controle("conservation_registres")(_en_operateur(controles_conservation.registres_a_jour))
    controle("conservation_lancement")(controles_conservation.purge_confiee)
    controle("conservation_archives")(_en_operateur(controles_conservation.archives_motivees))
    controle("base_statistiques")(_en_operateur(controles_conservation.statistiques_muettes))
    controle("conservation_retenues")(_en_operateur(dossiers_retenus))
    controle("journal_scelle")(_en_operateur(journal_scelle))
    controle("comptes_mots_de_passe")(_en_operateur(controles_comptes.mots_de_passe))
    controle("comptes_second_facteur")(_en_operateur(controles_comptes.seconds_facteurs))
    controle("comptes_essais")(_en_operateur(controles_comptes.essais_de_connexion))
    controle("comptes_sessions")(_en_operateur(controles_comptes.sessions))
    controle("comptes_applications")(_en_operateur(controles_comptes.applications_scellees))
    controle("comptes_lectures")(_en_operateur(controles_comptes.rythme_des_lectures))
    controle("garde")(garde_du_texte_libre)
    controle("comptes_identite")(_en_operateur(controles_comptes.fournisseur_d_identite))
    controle("sauvegardes")(_en_operateur(sauvegardes))
    controle("cles_textes")(_en_operateur(controles_cles.identites_et_textes_fermes))
    controle("cles_sauvegardes")(_en_operateur(sauvegardes_des_cles))
    controle("archives_base")(_en_operateur(controles_archives.derniere_base))
    controle("archives_ecritures")(_en_operateur(controles_archives.ecritures))


def _en_operateur(examen: Controle) -> Controle:
    """Across every wall: counts are read as the owner becoming ``m_maintenance``, never as the web role."""

    def examiner() -> tuple[bool, str]:
        with sous_le_proprietaire():
            return examen()

    return examiner


def echeances_portees() -> tuple[bool, str]:
    """Every nominative row has an end: its own, or that of the file it belongs to."""
    etat = retention()
    if not etat.lignes:
        return True, "Sans objet : aucune personne n’est enregistrée."
    if etat.sans_echeance:
        return False, f"Lignes nominatives sans échéance : {etat.sans_echeance}. Rien ne les effacerait."
    suite = (
        f" Suivis en cours hors du volet des jeunes, dont la clôture fixera l’échéance : {etat.a_la_cloture}."
        if etat.a_la_cloture
        else ""
    )
    return (
        True,
        f"Chaque ligne nominative porte une échéance ; personnes enregistrées : {etat.lignes}.{suite}",
    )


def purges_en_attente() -> tuple[bool, str]:
    """Nothing is kept more than a day after its term."""
    etat = retention()
    if etat.en_retard:
        return False, (
            f"Dossiers échus depuis plus d’un jour et pas effacés : {etat.en_retard}, le plus ancien le "
            f"{etat.plus_ancien:%d/%m/%Y}. Lancez « maillage conserver purger »."
        )
    return True, "Rien n’est gardé plus d’un jour après son terme."


def purge_passee() -> tuple[bool, str]:
    """The retention run passes every day."""
    etat = retention()
    if etat.dernier_passage is None:
        if etat.lignes:
            return False, "La purge n’est jamais passée : lancez « maillage conserver purger » chaque jour."
        return True, "Sans objet : la purge n’est pas encore passée, et personne n’est enregistré."
    heures = int((maintenant() - etat.dernier_passage).total_seconds() // 3600)
    passage = f"Dernière purge le {etat.dernier_passage.astimezone(FUSEAU_METROPOLE):%d/%m/%Y à %H:%M}"
    passage += f", il y a {heures} h."
    if etat.lignes and heures >= HEURES_AU_PLUS:
        return False, f"{passage} Elle doit passer chaque jour : « maillage conserver purger »."
    return True, passage


def dossiers_retenus() -> tuple[bool, str]:
    """What a claim in court keeps beyond its term is told, not judged: only its holder lifts it."""
    nombre, depuis = retenus()
    if depuis is None:
        return True, "Aucun dossier n’est retenu au-delà de son terme."
    return (
        True,
        f"Dossiers retenus pour une action en justice : {nombre}, le plus ancien depuis le "
        f"{depuis:%d/%m/%Y}.",
    )


def journal_scelle() -> tuple[bool, str]:
    """What is in the database leads to the last signed head, and nothing waits for long to be signed."""
    try:
        taille = verifier_en_base()
    except JournalRompu as rompu:
        return False, f"Le journal a été changé hors de l’application : {rompu}"
    retard = en_attente(depuis=maintenant() - timedelta(minutes=MINUTES_SANS_SCEAU))
    if retard:
        return False, (
            f"{retard} entrées du journal attendent leur signature depuis plus de {MINUTES_SANS_SCEAU} "
            "minutes : lancez « maillage journal signer »."
        )
    if not taille:
        return True, "Sans objet : rien n’est encore inscrit au journal."
    return True, f"Journal intact : {taille} entrées mènent à la dernière tête signée."


def sauvegardes() -> tuple[bool, str]:
    """The embedded server was backed up lately; a managed one is its operator's, and a demo holds nobody."""
    if settings.CONFIGURATION.database_url:
        return (
            True,
            "Sans objet : un serveur administré se sauvegarde avec ses propres outils.",
        )
    return _recente(SAUVEGARDE, "sauvegarde", "maillage sauvegarder")


def sauvegardes_des_cles() -> tuple[bool, str]:
    """The store of keys was copied lately: without it a restored database is unreadable."""
    return _recente(SAUVEGARDE_DES_CLES, "copie du coffre des clés", "maillage cles sauvegarder")


def _recente(evenement: str, quoi: str, commande: str) -> tuple[bool, str]:
    with en_maintenance():
        derniere = EntreeJournal.objects.filter(evenement=evenement).order_by("-le").first()
    if derniere is None:
        if settings.CONFIGURATION.demonstration or not retention().lignes:
            return True, "Sans objet : aucune personne réelle n’est enregistrée."
        return False, f"Aucune {quoi} n’a été faite : lancez « {commande} » chaque jour."
    heures = int((maintenant() - derniere.le).total_seconds() // 3600)
    quand = f"{derniere.le.astimezone(FUSEAU_METROPOLE):%d/%m/%Y à %H:%M}"
    dite = f"Dernière {quoi} le {quand}, il y a {heures} h."
    if heures >= HEURES_AU_PLUS and not settings.CONFIGURATION.demonstration:
        return False, f"{dite} Elle doit se faire chaque jour : « {commande} »."
    return True, dite


def garde_du_texte_libre() -> tuple[bool, str]:
    """The guard is the one that was measured, and still refuses what it must."""
    mesure = mesure_de_la_garde()
    if not examiner_le_texte("Il a été hospitalisé en mars.") or examiner_le_texte("Rendez-vous le 12 mars."):
        return False, "La garde du texte libre ne juge plus comme elle doit : réinstallez le programme."
    if mesure.lexique != version_de_la_garde():
        return False, "Le lexique de la garde n’est pas celui qui a été mesuré : réinstallez le programme."
    return True, (
        f"Lexique {mesure.lexique} ; sur {mesure.phrases} phrases hors réglage, précision "
        f"{_pour_cent(mesure.precision)}, rappel {_pour_cent(mesure.rappel)}."
    )


def _pour_cent(part: float) -> str:
    return f"{part * 100:.1f} %".replace(".", ",")


def coffre_ferme() -> tuple[bool, str]:
    """The store answers, its master key is that of the file, and the web role can destroy nothing there."""
    return examiner(coffre())


def configuration_sure() -> tuple[bool, str]:
    """The environment is complete and safe for its mode."""
    fautes = settings.CONFIGURATION.fautes
    sure = f"Configuration « {settings.CONFIGURATION.mode} » sûre."
    return not fautes, " ".join(fautes) or sure


def migrations_passees() -> tuple[bool, str]:
    """Every migration of the code is in the database."""
    executeur = MigrationExecutor(connections["proprietaire"])
    plan = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    if plan:
        return False, f"{len(plan)} migrations n’ont pas été passées : lancez « maillage base preparer »."
    return True, "La base est à jour du code."
