"""A call in progress: microphone, camera, shared screen."""
