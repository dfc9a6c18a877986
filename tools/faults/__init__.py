"""`./dev faults`: inflicts faults on the log and counts the attempts, the acknowledged entries and the lost ones."""
