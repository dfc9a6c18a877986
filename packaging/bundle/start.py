"""The program of the bundle; PyInstaller follows its imports."""

import sys

from numbguard.cli.main import main

sys.exit(main())
