"""The parts that forms are made of: chips, fields and controls, and how a form looks."""
