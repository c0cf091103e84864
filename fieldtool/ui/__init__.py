"""The window: draws read models and turns gestures into service calls; never opens storage or keys itself."""
