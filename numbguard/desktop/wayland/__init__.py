"""The Wayland wire protocol, as far as the senses need it."""
