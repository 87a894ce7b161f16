"""What a browser may send at once: files count like the rest, before a byte of them is read."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TailleBornee(FileUploadHandler):
    """Refuses a form whose whole body passes ``DATA_UPLOAD_MAX_MEMORY_SIZE``, files included.

    The body is never read past the length it declares, so that judging the length is enough. A form is read
    before anybody is asked who they are: without this, a stranger could fill the disk.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        entetes: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        bornes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if bornes is not None and content_length > bornes:
            raise RequestDataTooBig("Envoi trop lourd.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Leave the file to the handlers that follow."""
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Leave the file to the handlers that follow."""
        return None
