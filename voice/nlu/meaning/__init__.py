"""What an utterance means in words that no template has: an intent head on a sentence encoder, guards, slots."""
