"""Moonshine tiny, the English model inside the package moonshine-voice: tokenizer, network, and decoding with both.

The weights are those of Moonshine tiny (Useful Sensors, MIT): an encoder and a decoder over audio at RATE. onnxruntime
runs them here instead of the package's own library, which gives no token probabilities. Constrained decoding and
scoring need those.
"""

REINSTALL = "Run `pip install --force-reinstall moonshine-voice==0.0.73`."  # the fix for a damaged model
