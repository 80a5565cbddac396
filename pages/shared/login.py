"""How people log in, as the secrets file has it; without [auth] there nobody does."""

from dataclasses import dataclass

import streamlit as st

from poa_core.rights import normal


@dataclass(frozen=True)
class Settings:
    """The first administrator's address and the one mail domain that may enter; either may be empty."""

    admin: str = ""
    domain: str = ""


def settings() -> Settings | None:
    """None: this is one machine's dashboard and nobody logs in."""
    try:
        secrets = st.secrets.to_dict()
    except FileNotFoundError:
        return None
    if "auth" not in secrets:
        return None
    told = secrets.get("people", {})
    return Settings(normal(str(told.get("admin", ""))), normal(str(told.get("domain", ""))).removeprefix("@"))
