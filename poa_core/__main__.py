"""python -m poa_core."""

import sys

from poa_core import private
from poa_core.cli.main import main

if __name__ == "__main__":
    private.create_privately()
    sys.exit(main())
