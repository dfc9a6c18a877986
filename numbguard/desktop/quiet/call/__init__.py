"""Sources for a call in progress: microphone, camera and shared screen."""
