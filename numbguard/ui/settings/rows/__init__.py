"""The rows of the settings window: a setting's name, its editor, and what the editor refuses."""
