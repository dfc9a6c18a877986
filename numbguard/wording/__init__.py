"""Every sentence that the windows and the command line share. Pure, no Qt: the place for translations."""
