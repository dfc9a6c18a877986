"""The translations: ``./dev translations`` extracts, updates and counts them; the build compiles them."""
