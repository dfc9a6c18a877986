"""What a package says of itself: man page, completions, release notes, bill of materials."""
