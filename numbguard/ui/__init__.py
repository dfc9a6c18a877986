"""SHOWS snapshots and emits what the person did; decides nothing."""
