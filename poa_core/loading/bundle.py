"""The two files of a plan as one: a zip whose bytes depend on nothing but theirs."""

import io
import zipfile


def bundle(files: dict[str, bytes]) -> bytes:
    """The files, by name, as a zip; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
