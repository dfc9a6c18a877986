"""``python -m numbguard`` runs the same program as the command ``numbguard``."""

import sys

from numbguard.cli.main import main

sys.exit(main())
