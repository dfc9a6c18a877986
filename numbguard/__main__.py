"""``python -m numbguard``: the same as the program ``numbguard``."""

import sys

from numbguard.cli.main import main

sys.exit(main())
