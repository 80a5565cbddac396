"""python -m poa_core."""

import sys

from poa_core.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
