"""A workbook's zip package: refused before anything of it is unpacked, then its parts one by one."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from poa_core.contract import MAX_MARKS, MAX_RATIO, MAX_UNPACKED

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 2**16
_LETTERS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
# What the standard library raises over bytes that are no sound package.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    expat.ExpatError,
    OSError,
    NotImplementedError,
)


class Unsafe(Exception):
    """A package that is refused whatever its cells say; its argument is the problem's code."""


def open_package(content: bytes) -> zipfile.ZipFile:
    """The package of a workbook's bytes. Raises Unsafe, and one of BROKEN for a damaged one.

    A part never unpacks to more than the size its directory declares, so that declared sizes are a limit.
    """
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unsafe("protected_workbook")
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or size > MAX_RATIO * len(content):
        raise Unsafe("workbook_too_large")
    if any(part.compress_type not in _METHODS for part in parts):
        raise ValueError("a compression that no workbook has")
    return package


class Visitor:
    """What happens along a part's marks; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def walk(package: zipfile.ZipFile, part: str, visitor: Visitor, limit: int = MAX_MARKS) -> Iterator[None]:
    """Sends a part through a visitor, pausing after each piece. Raises Unsafe, and one of BROKEN."""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > limit:
            raise Unsafe("workbook_too_large")
        visitor.start(name.rpartition("}")[2], attributes)

    def doctype(*_: object) -> None:
        # Entities are declared nowhere else: without it there is no bomb and no file to fetch.
        raise Unsafe("unsafe_workbook")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    parser.EndElementHandler = lambda name: visitor.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = visitor.text
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            parser.Parse(piece)
            yield
    parser.Parse(b"", True)
    yield


class _Marks(Visitor):
    def __init__(self) -> None:
        self.marks: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.marks.append((name, attributes))


def elements(package: zipfile.ZipFile, part: str, limit: int) -> list[tuple[str, dict[str, str]]]:
    """Name and attributes of each mark of a small part, in order."""
    visitor = _Marks()
    for _ in walk(package, part, visitor, limit):
        pass
    return visitor.marks


def parse_reference(reference: str) -> tuple[int, int]:
    """Row (1 is the first) and column (0 is the first) of a reference such as B7; ValueError for any
    other.
    """
    match = _LETTERS.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def relationships(package: zipfile.ZipFile, part: str, limit: int) -> dict[str, tuple[str, str]]:
    """The parts that a part ("" is the package) points at: kind and name by the pointer's id."""
    folder, name = posixpath.split(part)
    pointers = posixpath.join(folder, "_rels", f"{name}.rels")
    names = {member.casefold(): member for member in package.namelist()}
    if pointers.casefold() not in names:
        return {}
    parts = {}
    for mark, attributes in elements(package, names[pointers.casefold()], limit):
        if mark == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            if target.casefold() in names:
                parts[attributes.get("Id", "")] = (
                    attributes.get("Type", "").rpartition("/")[2],
                    names[target.casefold()],
                )
    return parts
