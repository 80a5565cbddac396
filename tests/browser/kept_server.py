"""Start the server of dashboard.py and let it serve one ledger after another: the tests' own starter.

Usage: kept_server.py PORT CONTROL_PORT [OPTION...], in the project's folder, with options of streamlit's
own. The tests listen at the control port; each
folder they send is served from then on, in place of the one before, and answered by None.
"""

import os
import sys
import threading
from multiprocessing.connection import Client
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = b"the tests' own"


def switch(control) -> None:
    """Serve the folders that come, until the tests hang up."""
    from pages.shared import session

    while True:
        try:
            folder = control.recv()
        except (EOFError, OSError):
            return
        try:
            session.close_ledger()
            os.environ["POA_DATA"] = folder
            session.open_ledger()
            control.send(None)
        except Exception as error:  # what it says is raised where the tests wait for it
            control.send(repr(error))


def main(port: str, control_port: str, *options: str) -> None:
    sys.path.insert(0, str(ROOT))
    control = Client(("127.0.0.1", int(control_port)), authkey=KEY)
    threading.Thread(target=switch, args=(control,), daemon=True).start()
    from streamlit.web import cli

    sys.argv = [
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        port,
        "--server.headless",
        "true",
        *options,
    ]
    sys.exit(cli.main())


if __name__ == "__main__":
    main(*sys.argv[1:])
