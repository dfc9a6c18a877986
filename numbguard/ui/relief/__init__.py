"""Relief, step by step."""
