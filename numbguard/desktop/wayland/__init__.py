"""The part of the Wayland wire protocol that the senses need."""
