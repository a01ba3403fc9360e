"""The intent of an utterance in words that no template has."""
