"""The English model that comes inside the package moonshine-voice: its pieces, its probabilities, and searches in them.

The weights are those of Moonshine tiny (Useful Sensors, MIT), an encoder and a decoder over audio at RATE. They are run
by onnxruntime rather than by the package's own library, because so the probabilities are ours: what was said at all
likelihoods, and how likely a sentence that can be said is, given the sound.
"""

REINSTALL = "Run `pip install --force-reinstall moonshine-voice==0.0.73`."  # what mends a model that is not whole
