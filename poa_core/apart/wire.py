"""What goes to the child process and what comes back: JSON both ways, and nothing taken on trust.

A dataclass is the list of its fields, a mapping the list of its pairs, a Decimal {"decimal": "1.5"}.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

LONGEST = 131_072  # characters; the longest cell that a reader of text hands on
_SAFE_INTEGER = 2**53
_DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)

Reader = Callable[[object], object]


class Malformed(ValueError):
    """The bytes are not what was asked for; what they are is not said, for nobody should read it."""


def pack(value: object) -> bytes:
    """A value of the contract's types as JSON in ASCII."""
    return json.dumps(_to_json(value), allow_nan=False, separators=(",", ":")).encode("ascii")


def unpack(data: bytes, kind: type) -> object:
    """The value of that type in the bytes. Raises Malformed wherever anything else stands in them."""
    try:
        return _reader(kind)(json.loads(data, parse_constant=_refuse))
    except (ValueError, RecursionError) as fault:
        raise Malformed from fault


def _to_json(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return {"decimal": f"{value:f}"}
    if isinstance(value, Mapping):
        return [[_to_json(key), _to_json(item)] for key, item in value.items()]
    if is_dataclass(value):
        return [_to_json(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Iterable):
        return [_to_json(item) for item in value]
    raise TypeError(f"no way to send {type(value).__name__}")


def _refuse(*_) -> None:
    raise Malformed


def _must(holds: bool) -> None:
    if not holds:
        raise Malformed


def _text(raw: object) -> str:
    _must(type(raw) is str and len(raw) <= LONGEST)
    raw.isascii() or raw.encode()  # a lone surrogate, which no page and no ledger can hold, is a ValueError
    return raw


def _integer(raw: object) -> int:
    _must(type(raw) is int and -_SAFE_INTEGER < raw < _SAFE_INTEGER)
    return raw


def _boolean(raw: object) -> bool:
    _must(type(raw) is bool)
    return raw


def _real(raw: object) -> float:
    _must(type(raw) in (float, int) and isfinite(raw))
    return float(raw)


def _decimal(raw: object) -> Decimal:
    _must(type(raw) is dict and raw.keys() == {"decimal"})
    text = raw["decimal"]
    _must(type(text) is str and _DECIMAL.fullmatch(text) is not None)
    return Decimal(text)


def _nothing(raw: object) -> None:
    _must(raw is None)


def _scalar(raw: object) -> object:
    """What a dict without a declared type may hold: a text, a number, yes or no, nothing."""
    return _reader(Decimal if type(raw) is dict else type(raw))(raw)


_PLAIN: dict[object, Reader] = {
    str: _text,
    int: _integer,
    bool: _boolean,
    float: _real,
    Decimal: _decimal,
    NoneType: _nothing,
    Any: _scalar,
}


@cache
def _reader(kind: object) -> Reader:
    """The function that turns raw JSON into a value of the type, or raises Malformed."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return _record(kind)
    outer, inner = get_origin(kind) or kind, get_args(kind)
    if outer in (Union, UnionType):
        return _optional(*(member for member in inner if member is not NoneType))
    if outer is tuple and inner[-1] is not Ellipsis:
        return _fixed(tuple(map(_reader, inner)))
    if outer in (tuple, frozenset, Sequence):
        return _many(tuple if outer is Sequence else outer, _reader(inner[0]))
    if outer in (dict, Mapping):
        return _mapping(*map(_reader, inner or (str, Any)))
    raise Malformed


def _record(kind: type) -> Reader:
    hints = get_type_hints(kind)
    read = _fixed(tuple(_reader(hints[field.name]) for field in fields(kind)))
    return lambda raw: kind(*read(raw))


def _fixed(readers: tuple[Reader, ...]) -> Reader:
    def read(raw: object) -> tuple:
        _must(type(raw) is list and len(raw) == len(readers))
        return tuple(reader(item) for reader, item in zip(readers, raw, strict=True))

    return read


def _many(outer: type, reader: Reader) -> Reader:
    def read(raw: object) -> object:
        _must(type(raw) is list)
        return outer(map(reader, raw))

    return read


def _mapping(key: Reader, value: Reader) -> Reader:
    pair = _fixed((key, value))

    def read(raw: object) -> dict:
        pairs = _many(tuple, pair)(raw)
        mapping = dict(pairs)
        _must(len(mapping) == len(pairs))
        return mapping

    return read


def _optional(kind: object) -> Reader:
    reader = _reader(kind)
    return lambda raw: None if raw is None else reader(raw)
