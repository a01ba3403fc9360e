"""The encoder of Moonshine as an ONNX network of its own, so that an adapter can change its weights at load."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.adapter import Adapter
from voice.engines.moonshine.decoder import (
    HEAD_SIZE,
    HEADS,
    LAYERS,
    ROTATED,
    WIDTH,
    each_layer,
    matrix_numbers,
    network_of,
    rotations,
)
from voice.engines.moonshine.weights import Matrix, Weights, side_by_side
from voice.memory import Network

Numbers = Mapping[str, NDArray[np.float32]]
Matrices = Mapping[str, Matrix]

MATRICES = {  # our name of a layer's matrix -> the name of its result in the package's encoder
    "query": "self_attn/q_proj/MatMul",
    "key": "self_attn/k_proj/MatMul",
    "value": "self_attn/v_proj/MatMul",
    "own": "self_attn/o_proj/MatMul",
    "widen": "mlp/fc1/Add",
    "narrow": "mlp/fc2/Add",
}
_VECTORS_AND_CONVOLUTIONS = {  # our name -> the name of the tensor in the package's encoder
    "conv_1": "conv1.weight_add_tensor",
    "conv_2": "conv2.weight_add_tensor",
    "conv_2_bias": "conv2.bias",
    "conv_3": "conv3.weight_add_tensor",
    "conv_3_bias": "conv3.bias",
    "group_norm": "onnx::Mul_2080",
    "group_norm_bias": "onnx::Add_2081",
    "norm": "layer_norm.weight",
}
_LONGEST = 2048  # frames; 49 seconds of sound, and an utterance is cut far earlier

# Sound to frames: three convolutions, 384 samples a frame.
_FRONT = """
    sound = Unsqueeze (samples, one)
    conv_1_out = Conv <strides = [64], kernel_shape = [127]> (sound, conv_1)
    bent = Tanh (conv_1_out)
    bent_shape = Shape (bent)
    in_one_row = Reshape (bent, one_row)
    even_row = InstanceNormalization <epsilon = {epsilon}> (in_one_row, unit, nought)
    even = Reshape (even_row, bent_shape)
    scaled = Mul (even, group_norm_column)
    moved = Add (scaled, group_norm_bias_column)
    conv_2_out = Conv <strides = [3], kernel_shape = [7]> (moved, conv_2, conv_2_bias)
    heard_2 = com.microsoft.Gelu (conv_2_out)
    conv_3_out = Conv <strides = [2], kernel_shape = [3]> (heard_2, conv_3, conv_3_bias)
    heard_3 = com.microsoft.Gelu (conv_3_out)
    x_0 = Transpose <perm = [0, 2, 1]> (heard_3)
"""
# A layer: self-attention and the feed-forward part, each added to its input.
_LAYER = """
    normed_@ = LayerNormalization <axis = -1, epsilon = {epsilon}> (x_@, before_@, no_bias)
    qkv_@ = com.microsoft.DynamicQuantizeMatMul (normed_@, self_@, self_@_scale, self_@_zero)
    flat_query_@, flat_key_@, flat_value_@ = Split <axis = -1, num_outputs = 3> (qkv_@)
    turned_query_@ = com.microsoft.RotaryEmbedding <{turn}> (flat_query_@, first, cosines, sines)
    turned_key_@ = com.microsoft.RotaryEmbedding <{turn}> (flat_key_@, first, cosines, sines)
    query_@ = Reshape (turned_query_@, in_heads)
    key_@ = Reshape (turned_key_@, in_heads)
    value_@ = Reshape (flat_value_@, in_heads)
    queries_@ = Transpose <perm = [0, 2, 1, 3]> (query_@)
    keys_@ = Transpose <perm = [0, 2, 3, 1]> (key_@)
    values_@ = Transpose <perm = [0, 2, 1, 3]> (value_@)
    scores_@ = com.microsoft.FusedMatMul <alpha = {scale}> (queries_@, keys_@)
    attention_@ = Softmax <axis = -1> (scores_@)
    found_by_head_@ = MatMul (attention_@, values_@)
    found_@ = Transpose <perm = [0, 2, 1, 3]> (found_by_head_@)
    flat_found_@ = Reshape (found_@, flat)
    own_out_@ = com.microsoft.DynamicQuantizeMatMul (flat_found_@, own_@, own_@_scale, own_@_zero)
    y_@ = Add (x_@, own_out_@)
    inner_@ = LayerNormalization <axis = -1, epsilon = {epsilon}> (y_@, between_@, no_bias)
    wide_@ = com.microsoft.DynamicQuantizeMatMul (inner_@, widen_@, widen_@_scale, widen_@_zero, widen_@_bias)
    bent_@ = com.microsoft.Gelu (wide_@)
    inner_out_@ = com.microsoft.DynamicQuantizeMatMul (bent_@, narrow_@, narrow_@_scale, narrow_@_zero, narrow_@_bias)
    x_+ = Add (y_@, inner_out_@)
"""
_OUTPUT = """
    frames = LayerNormalization <axis = -1, epsilon = {epsilon}> (x_{layers}, norm, no_bias)
"""


def encoder(weights: Weights, adapter: Adapter | None = None) -> Network:
    """A network: samples (1 × samples, RATE a second) to frames (1 × frames × WIDTH).

    weights: of the package. adapter: changes them; None leaves them as they are.
    """
    numbers, matrices = encoder_numbers(weights), encoder_matrices(weights)
    if adapter:
        numbers = {name: adapter.changed(name, values) for name, values in numbers.items()}
        matrices = {name: adapter.changed_matrix(name, matrix) for name, matrix in matrices.items()}
    turn = f"interleaved = 1, num_heads = {HEADS}, rotary_embedding_dim = {ROTATED}"
    sizes = {"layers": LAYERS, "scale": HEAD_SIZE**-0.5, "epsilon": "0.00001", "turn": turn}
    body = (_FRONT + each_layer(_LAYER) + _OUTPUT).format(**sizes)
    head = f"encoder (float[1, N] samples) => (float[1, S, {WIDTH}] frames)"
    return network_of(head, body, dict(_all_numbers(numbers, matrices)))


def encoder_numbers(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The vectors and convolutions of the package's encoder."""
    found = {name: weights.tensor(tensor) for name, tensor in _VECTORS_AND_CONVOLUTIONS.items()}
    for name in ("group_norm", "group_norm_bias"):
        found[name] = found[name].ravel()
    for layer in range(LAYERS):
        found[f"before_{layer}"] = weights.tensor(f"layers.{layer}.input_layernorm.weight")
        found[f"between_{layer}"] = weights.tensor(f"layers.{layer}.post_attention_layernorm.weight")
    return found


def encoder_matrices(weights: Weights) -> dict[str, Matrix]:
    """The matrices of the package's encoder."""
    layers = range(LAYERS)
    return {
        f"{name}_{layer}": weights.matrix(f"/layers.{layer}/{result}_output_0")
        for layer in layers
        for name, result in MATRICES.items()
    }


def _all_numbers(numbers: Numbers, matrices: Matrices) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "no_bias", np.zeros(WIDTH, np.float32)
    yield "unit", np.ones(1, np.float32)
    yield "nought", np.zeros(1, np.float32)
    yield "one", np.array([1])
    yield "first", np.array([0])
    yield "one_row", np.array([0, 1, -1])
    yield "in_heads", np.array([0, -1, HEADS, HEAD_SIZE])
    yield "flat", np.array([0, -1, WIDTH])
    yield from rotations(_LONGEST)
    for name, values in numbers.items():
        if name.startswith("group_norm"):
            yield f"{name}_column", values[:, None]
        else:
            yield name, values
    for layer in range(LAYERS):
        qkv = [matrices[f"{name}_{layer}"] for name in ("query", "key", "value")]
        yield from matrix_numbers(f"self_{layer}", side_by_side(qkv))
        for name in ("own", "widen", "narrow"):
            yield from matrix_numbers(f"{name}_{layer}", matrices[f"{name}_{layer}"])
