"""How people log in, as the secrets file has it, and what makes a log-in worth nothing: Streamlit checks
neither its time nor its address.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from poa_core import private
from poa_core.ledger import people
from poa_core.ledger.rights import normalize_address

# Log-ins closed by their person: a tab left open, or a cookie kept aside, still carries one.
_ended: set[str] = set()


@dataclass(frozen=True)
class Settings:
    """The first administrator's address and the one mail domain that may enter; either may be empty."""

    admin: str = ""
    domain: str = ""
    is_broken: bool = False
    is_exposed: bool = False  # other accounts of the machine may read the file


def settings() -> Settings | None:
    """None: there is no [auth], and nobody logs in. A file that cannot be read is no open door: it is
    broken.
    """
    files = [Path(file) for file in st.config.get_option("secrets.files")]
    if not any(file.exists() for file in files):
        return None
    if any(map(private.is_open_to_others, files)):
        return Settings(is_broken=True, is_exposed=True)
    try:
        secrets = st.secrets.to_dict()
        people_settings = secrets.get("people", {})
        admin, domain = (
            normalize_address(str(people_settings.get("admin", ""))),
            normalize_address(str(people_settings.get("domain", ""))).removeprefix("@"),
        )
    except (OSError, AttributeError):
        return Settings(is_broken=True)
    if "auth" not in secrets:
        return Settings(is_broken=True) if secrets else None
    return Settings(admin, domain, is_broken=bool(admin) and not people.is_address(admin))


def rejection_reason(claims: dict, rules: Settings) -> str | None:
    """Why what the token says lets nobody in; None where it does."""
    if _key(claims) in _ended:
        return "ended"
    if not isinstance(claims.get("exp"), (int, float)) or claims["exp"] <= time.time():
        return "expired"
    if claims.get("email_verified") is not True:
        return "unverified"
    if rules.domain and normalize_address(str(claims.get("email") or "")).rpartition("@")[2] != rules.domain:
        return "domain"
    return None


def revoke(claims: dict) -> None:
    """This log-in is worth nothing any more, in whatever tab or cookie it is kept."""
    _ended.add(_key(claims))


def _key(claims: dict) -> str:
    return hashlib.sha256(json.dumps(claims, sort_keys=True, default=str).encode()).hexdigest()
