"""Settings of the embedded server, given on its command line so that nothing stored can override them."""

from __future__ import annotations

import os
import shlex
import shutil
from contextlib import suppress
from pathlib import Path

from .chemins import PORT

MEGA = 1024 * 1024
PLAFOND_DU_CONTENEUR = Path("/sys/fs/cgroup/memory.max")

# Content of the database never reaches a log: no statement, no parameter, no DETAIL, no ERROR line
# (an error's first line can quote a value: invalid input syntax for type date: "…").
SANS_CONTENU = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_lock_waits": "off",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_checkpoints": "off",
    "log_temp_files": "-1",
    "debug_print_parse": "off",
    "debug_print_plan": "off",
    "debug_print_rewritten": "off",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] ",
}

# What was answered is on the disk: given here so that no file of the data folder can take it away.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

PG_HBA = """\
# Écrit par Maillage : seule la prise locale est ouverte, et toujours par mot de passe.
local all all scram-sha-256
local replication postgres scram-sha-256
"""

#: Seconds after which a segment that holds something is closed: what the loss of the disk costs at most.
CADENCE_DES_ARCHIVES = 60


def memoire_partagee() -> int:
    """Return shared_buffers in MB: a 32nd of the memory we may use, between 128 and 512."""
    try:
        totale = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 128
    with suppress(OSError, ValueError):  # no such file, or « max »
        totale = min(totale, int(PLAFOND_DU_CONTENEUR.read_text(encoding="ascii")))
    return max(128, min(512, totale // 32 // MEGA))


def _memoire_dynamique(dossier: Path = Path("/", "dev", "shm")) -> str:
    """Choose mmap where /dev/shm is tiny (64 MB in a container), else posix."""
    try:
        assez = shutil.disk_usage(dossier).total >= 256 * MEGA
    except OSError:
        return "posix"
    return "posix" if assez else "mmap"


def archivage(sas: Path) -> dict[str, str]:
    """Settings of a server that leaves each closed segment of its journal in ``sas``, whole, on the disk.

    The server's account may read neither our programs nor our keys: it only copies, another process
    encrypts. A copy that fails is tried again, and PostgreSQL keeps the segment meanwhile.
    """
    cible = shlex.quote(str(sas)).replace("%", "%%")
    return {
        "archive_mode": "on",
        "archive_timeout": f"{CADENCE_DES_ARCHIVES}s",
        "archive_command": f'test -f {cible}/%f || {{ cp "%p" {cible}/%f.en-cours'
        f" && sync {cible}/%f.en-cours && mv {cible}/%f.en-cours {cible}/%f && sync {cible}; }}",
        # A base backup ends by reading the segments written since its beginning.
        "wal_keep_size": "256MB",
    }


def reglages(prise: Path, sas: Path | None = None) -> dict[str, str]:
    """Return every setting of a start whose socket lives in ``prise``; archived through ``sas`` if given."""
    chemin_de_prise = str(prise).replace('"', '""')
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{chemin_de_prise}"',
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "60",
        "shared_buffers": f"{memoire_partagee()}MB",
        "dynamic_shared_memory_type": _memoire_dynamique(),
        "max_wal_size": "512MB",
        "wal_recycle": "off",  # a used segment is removed, not kept with what it tells of the erased
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "allow_alter_system": "off",
        "track_io_timing": "off",
        **DURABLE,
        **SANS_CONTENU,
        **(archivage(sas) if sas is not None else {"archive_mode": "off"}),
    }
