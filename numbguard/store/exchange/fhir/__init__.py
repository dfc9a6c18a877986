"""The log as a FHIR document, and what comes in from other systems."""
