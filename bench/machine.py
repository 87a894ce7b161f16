"""What the figures were measured on; nothing that names the machine or its owner."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from bench import repere

RACINE = Path(__file__).resolve().parent.parent


def _premiere_ligne(fichier: str, debut: str) -> str:
    try:
        lignes = Path(fichier).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((ligne.partition(":")[2].strip() for ligne in lignes if ligne.startswith(debut)), "")


def _git(*arguments: str) -> str:
    try:
        fait = subprocess.run(
            ["git", *arguments], cwd=RACINE, capture_output=True, text=True, check=False, timeout=10
        )
    except OSError:
        return ""
    return fait.stdout.strip()


def _systeme() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return platform.system()


def description() -> dict[str, object]:
    """Processor, memory, system, versions, commit, and the load when the run began."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "--short=12", "HEAD"),
        "processeur": _premiere_ligne("/proc/cpuinfo", "model name") or platform.machine(),
        "coeurs": os.cpu_count(),
        "memoire_mio": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "systeme": f"{_systeme()}, noyau {platform.release()}",
        "python": platform.python_version(),
        "charge_au_depart": [round(charge, 2) for charge in os.getloadavg()],
        "repere": repere.mesurer(),
    }


def version_de_postgresql() -> str:
    """Of the server that answers."""
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("SHOW server_version")
        return str(curseur.fetchone()[0])


def memoire_du_processus() -> int:
    """Highest resident memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
