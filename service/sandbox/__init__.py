"""The outside world in miniature for the demo and the tests. Never imported in production."""
