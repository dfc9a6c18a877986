"""What each verb does and prints, a module for the verbs of one subject."""
