"""How people log in, as the secrets file has it, and what makes a log-in worth nothing: Streamlit checks
neither its time nor its address, and keeps none on the server.
"""

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from poa_core import moment as clock
from poa_core import private
from poa_core.ledger import logins, people
from poa_core.ledger.file.database import Database
from poa_core.ledger.logins import Login
from poa_core.ledger.rights import normalize_address
from poa_core.logbook import log_access

IDLE_MINUTES = 480
# Where accounts of any tenant, or of none, log in, and what a token leaves out nobody has checked.
OF_MANY_TENANTS = re.compile(r"/(common|organizations|consumers)(/|$)")
NOT_THE_PROVIDERS = ("is_logged_in", "origin", "provider", "tokens")  # Streamlit's own, beside the claims


@dataclass(frozen=True)
class Settings:
    """The first administrator's address and the one mail domain that may enter; either may be empty.

    idle_minutes: after so long without use a log-in is over. verified_by_tenant: the provider is one tenant,
    which answers for the addresses of its accounts where a token does not say that one is verified.
    """

    admin: str = ""
    domain: str = ""
    idle_minutes: float = IDLE_MINUTES
    verified_by_tenant: bool = False
    is_broken: bool = False
    is_exposed: bool = False  # other accounts of the machine may read the file


@dataclass(eq=False)
class OpenLogin:
    """A log-in that this process has seen: when it was used last (UTC), from where, and what it ended by."""

    login: Login
    expires: float
    used: datetime
    caller: str
    ended_by: str = ""

    def end_reason(self, rules: Settings) -> str:
        """ended, idle or expired; empty while it is none."""
        if self.ended_by:
            return self.ended_by
        if self.expires <= time.time():
            return "expired"
        is_idle = (clock.now() - self.used).total_seconds() > rules.idle_minutes * 60
        return "idle" if is_idle else ""


_seen: dict[str, OpenLogin] = {}
_guard = threading.Lock()


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
        admin, domain, idle, by_tenant = (
            normalize_address(str(people_settings.get("admin", ""))),
            normalize_address(str(people_settings.get("domain", ""))).removeprefix("@"),
            people_settings.get("idle_minutes", IDLE_MINUTES),
            people_settings.get("verified_by_tenant", False),
        )
    except (OSError, AttributeError):
        return Settings(is_broken=True)
    if "auth" not in secrets:
        return Settings(is_broken=True) if secrets else None
    is_broken = (
        (bool(admin) and not people.is_address(admin))
        or isinstance(idle, bool)
        or not isinstance(idle, (int, float))
        or not idle > 0
        or not isinstance(by_tenant, bool)
        or (by_tenant and not _is_one_tenant(secrets["auth"]))
    )
    return Settings(is_broken=True) if is_broken else Settings(admin, domain, idle, by_tenant)


def _is_one_tenant(auth: dict) -> bool:
    providers = [auth, *(section for section in auth.values() if isinstance(section, dict))]
    addresses = [str(provider.get("server_metadata_url", "")) for provider in providers]
    return not any(OF_MANY_TENANTS.search(address) for address in addresses)


def rejection_reason(claims: dict, rules: Settings, opened: Database) -> str | None:
    """Why what the token says lets nobody in; None where it does. One left unused too long is ended here.

    Raises Refused: not_saved, where that cannot be kept.
    """
    if not all(map(_is_moment, (claims.get("exp"), claims.get("iat")))) or claims["exp"] <= time.time():
        return "expired"
    login = login_of(claims)
    with _guard:
        seen = _seen.get(login.digest)
    if seen and (reason := seen.end_reason(rules)):
        if reason == "idle" and not seen.ended_by:
            end(opened, login, login.address, reason)
        return reason
    verified = claims.get("email_verified")
    if verified is None and not rules.verified_by_tenant:
        return "unverified"
    if verified is not None and str(verified).lower() != "true":
        return "unverified"
    if rules.domain and login.address.rpartition("@")[2] != rules.domain:
        return "domain"
    if not people.is_address(login.address):
        return "no_access"
    with opened.cursor() as cursor:
        return "ended" if logins.is_ended(cursor, login) else None


def login_of(claims: dict) -> Login:
    """The log-in whose token carries these claims."""
    said = {name: value for name, value in claims.items() if name not in NOT_THE_PROVIDERS}
    return Login(
        hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest(),
        normalize_address(str(claims.get("email") or "")),
        str(claims.get("iss") or ""),
        str(claims.get("sub") or ""),
        datetime.fromtimestamp(claims["iat"], UTC).replace(tzinfo=None),
    )


def caller() -> str:
    """The address that the page of this run came from; empty for this machine."""
    return st.context.ip_address or ""


def note_use(opened: Database, claims: dict, caller: str, by_person: bool = True) -> None:
    """Somebody who may see the dashboard is at it; the first time their address is held to this account.

    by_person: and not by a page that draws itself anew. Raises Refused: other_account, not_saved.
    """
    login, now = login_of(claims), clock.now()
    with _guard:
        seen = _seen.get(login.digest)
    if seen is None:
        logins.bind(opened, login)
        with _guard:
            for digest in [digest for digest, other in _seen.items() if other.expires <= time.time()]:
                del _seen[digest]
            _seen[login.digest] = OpenLogin(login, claims["exp"], now, caller)
        log_access("log_in", person=login.address, caller=caller, issuer=login.issuer, subject=login.subject)
    elif by_person:
        seen.used, seen.caller = now, caller or seen.caller


def open_logins(opened: Database, rules: Settings) -> list[OpenLogin]:
    """Every log-in in force that this process has seen, the one used last first."""
    with _guard:
        seen = [known for known in _seen.values() if not known.end_reason(rules)]
    with opened.cursor() as cursor:
        seen = [known for known in seen if not logins.is_ended(cursor, known.login)]
    return sorted(seen, key=lambda known: known.used, reverse=True)


def is_over(digest: str, rules: Settings) -> bool:
    """Whether a log-in of an open page has ended since; one that this process has not seen is asked about by
    the page's next run.
    """
    with _guard:
        seen = _seen.get(digest)
    return seen is not None and bool(seen.end_reason(rules))


def end(opened: Database, login: Login, by: str, reason: str = "ended") -> None:
    """A log-in is worth nothing any more, in whatever tab or cookie it is kept. Raises what logins.end
    raises.
    """
    with _guard:
        if login.digest in _seen:  # whatever the disk says: until the next start it is over
            _seen[login.digest].ended_by = reason
    logins.end(opened, login, by)
    log_access("log_in_ended", person=login.address, by=by, reason=reason)


def end_all(opened: Database, addresses: Iterable[str], by: str, spared: Login | None = None) -> None:
    """Every log-in of some addresses is over, here and in cookies kept aside, but the one spared. Raises what
    logins.end_all raises.
    """
    addresses = set(addresses)
    known = _of(addresses)
    logins.end_all(opened, addresses, by, [seen.login for seen in known], spared)
    for address in sorted(addresses):
        log_access("log_ins_ended", person=address, by=by)
    _end_here(seen for seen in known if seen.login != spared)


def is_bound(opened: Database, address: str) -> bool:
    """Whether an address means one account already."""
    with opened.cursor() as cursor:
        return logins.find_account(cursor, address) is not None


def release(opened: Database, address: str, by: str) -> None:
    """Whichever account logs in with an address next is the one it means. Raises what logins.release does."""
    logins.release(opened, address, by)
    log_access("account_released", person=address, by=by)
    _end_here(_of({address}))


def _end_here(known: Iterable[OpenLogin]) -> None:
    for seen in known:
        seen.ended_by = seen.ended_by or "ended"


def _of(addresses: set[str]) -> list[OpenLogin]:
    with _guard:
        return [seen for seen in _seen.values() if seen.login.address in addresses]


def _is_moment(value: object) -> bool:
    """Seconds as a token counts them; no text, no truth value, no year that no clock knows."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e11
