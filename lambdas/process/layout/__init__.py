"""What looks decide with: framing, places, typesetting, colours. Draws nothing."""
