"""What NumbGuard says between breaks: posture tips, the daily routine, a reminder to somebody who stands."""
