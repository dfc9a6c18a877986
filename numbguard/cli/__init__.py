"""The command line: its verbs and options, and what each verb does and prints."""
