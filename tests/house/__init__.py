"""What holds for the whole house: names, papers, reading age, translations."""
