"""Which of several hypotheses of one utterance was meant, by likelihood and distance."""
