"""Questions: choosing, reading, favourites, topics left out, questions of their own, single ideas."""
