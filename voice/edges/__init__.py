"""The edges: each module touches one thing of the world, and none imports another."""
