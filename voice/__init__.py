"""Hearthside: an offline voice companion for two people."""

import os

__version__ = "0.1.0"

# From 1.32 on onnxruntime, which the natural voice runs on, reports its use over the network and leaves a device
# number in the user's cache, unless it finds this before it is imported. Child processes inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Where the processor has other work, numpy's threads wait for each other at full speed: what takes a second of one
# core takes up to five of two. It finds this before it is imported, and so do child processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
