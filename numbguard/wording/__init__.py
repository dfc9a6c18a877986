"""Every sentence that windows and command line share. Pure, no Qt: the place to translate."""
