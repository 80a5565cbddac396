"""The text that bytes say: UTF-8, UTF-16 or Windows-1252, found from the bytes alone."""

import codecs
import re

UNREADABLE = re.compile("[\x00\udc80-\udcff]")
_SPANISH_IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x80-\xbf]")


def decode(content: bytes) -> str | None:
    """The text without its byte order mark; None where UTF-16 was announced and is broken.

    Bytes that fit no single encoding stay in it as lone surrogates (see UNREADABLE), so that the
    cell that holds them can be named.
    """
    wide = _utf16(content)
    if wide:
        try:
            return content.decode(wide).removeprefix("\ufeff")
        except UnicodeDecodeError:
            return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Some UTF-8 and some not is two files pasted together: either reading would spoil half of it.
        is_mixed = content.startswith(codecs.BOM_UTF8) or _SPANISH_IN_UTF8.search(content)
        return content.decode("utf-8-sig" if is_mixed else "windows-1252", "surrogateescape")


def _utf16(content: bytes) -> str | None:
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    # Without a mark: Latin letters leave every second byte zero.
    head = content[:4096]
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.7 * half and odd < 0.1 * half else None
