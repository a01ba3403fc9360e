"""What can be said now, indexed so that the nearest sentence is found fast."""
