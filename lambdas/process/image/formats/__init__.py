"""What the formats need beside Pillow: judged by their headers, decoded no larger than needed."""
