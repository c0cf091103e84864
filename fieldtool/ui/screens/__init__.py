"""One module per screen: each draws a read model and asks services for what the user wants; no rule of the domain lives here."""
