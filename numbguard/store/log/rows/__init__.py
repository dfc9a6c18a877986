"""Converts the records of the model to rows of the log and back, a module a subject.

The journal calls it, on its thread.
"""
