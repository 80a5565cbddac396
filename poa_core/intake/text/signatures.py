"""What bytes look like that are not a text of rows: the code to refuse them with and their kind."""

import re

_OPENINGS = (
    (b"\x89PNG", "image_file", "PNG"),
    (b"\xff\xd8\xff", "image_file", "JPEG"),
    (b"GIF8", "image_file", "GIF"),
    (b"%PDF", "pdf_file", "PDF"),
    (b"\x1f\x8b", "archive_file", "GZIP"),
    (b"Rar!", "archive_file", "RAR"),
    (b"7z\xbc\xaf", "archive_file", "7Z"),
    (b"{\\rtf", "text_document", "RTF"),
    (b"SQLite format 3", "database_file", "SQLite"),
    (b"PAR1", "database_file", "Parquet"),
)
_MARKUP = (
    (rb"<!doctype html|<(html|head|body|table|meta|div)\b|mime-version:", "web_page", "HTML"),
    (rb"<\?xml[^>]*>.{0,400}office:spreadsheet", "other_workbook", "XML"),
    (rb"<\?xml|<[a-z]+ xmlns", "data_file", "XML"),
    (rb'\{\s*"|\[\s*[\[{]', "data_file", "JSON"),
)
_UNPRINTED = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1a")
_BINARY_SHARE = 0.1


def foreign_kind(content: bytes) -> tuple[str, str] | None:
    """The code and the kind of file that the bytes are, None where they may be text."""
    for opening, code, kind in _OPENINGS:
        if content.startswith(opening):
            return code, kind
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(content)
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for pattern, code, kind in _MARKUP:
        if re.match(pattern, head, re.DOTALL):
            return code, kind
    return None


def is_workbook(content: bytes) -> bool:
    """True for a package that holds, or before it was cut held, the sheets of a workbook."""
    if not content.startswith(b"PK\x03\x04") or b"xl/workbook.bin" in content:
        return False
    other = b"word/" in content or b"ppt/" in content or b"opendocument" in content[:200]
    return b"xl/" in content or (not other and b"[Content_Types].xml" in content)


def is_binary(text: str) -> bool:
    """True where more of the first characters are control characters than any text has."""
    head = text[:4096]
    return sum(ord(c) in _UNPRINTED for c in head) > _BINARY_SHARE * len(head)


def _zip(content: bytes) -> tuple[str, str]:
    if b"xl/workbook.bin" in content:
        return "other_workbook", "XLSB"
    if b"opendocument.spreadsheet" in content[:200]:
        return "other_workbook", "ODS"
    return ("text_document", "Word") if b"word/" in content else ("archive_file", "ZIP")


def _compound(content: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "protected_workbook", "XLSX"
    if "WordDocument".encode("utf-16-le") in content:
        return "text_document", "Word"
    return "old_workbook", "XLS"
