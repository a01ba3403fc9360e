"""What all skills share: state, decision, consent, dictation. Pure."""
