"""Text to sound: the mouth, and how long speech takes."""
