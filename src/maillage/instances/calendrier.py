"""The calendar file of a convocation: a date and a place, no name of anyone, no subject."""

from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event


def fichier(*, seance: UUID, numero: int, debut: datetime, duree_minutes: int, lieu: str, url: str) -> bytes:
    """An iCalendar file (RFC 5545). ``debut`` is aware; ``url`` is an opaque address of the product."""
    calendrier = Calendar()
    calendrier.add("prodid", "-//Maillage//Convocation//FR")
    calendrier.add("version", "2.0")
    calendrier.add("method", "PUBLISH")
    evenement = Event()
    evenement.add("uid", f"{seance}@maillage")
    evenement.add("summary", f"Réunion de travail n° {numero}")
    evenement.add("dtstart", debut)
    evenement.add("dtend", debut + timedelta(minutes=duree_minutes))
    evenement.add("dtstamp", debut)
    evenement.add("location", lieu)
    evenement.add("url", url)
    evenement.add("class", "PRIVATE")
    calendrier.add_component(evenement)
    contenu: bytes = calendrier.to_ical()
    return contenu
