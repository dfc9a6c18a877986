"""``python -m numbguard``: the same as the program ``numbguard``."""

import sys

from .cli import main

sys.exit(main())
