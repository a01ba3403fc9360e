"""The decoder of Moonshine as an ONNX network of its own: the weights of the package in fewer operations.

The package's decoder takes 900 operations a step; most of them compute sizes that never change. This one takes 216,
attends to the sound once for all rows, and selects the rows to extend by itself. The log-probabilities are the same.
docs/measured.md has the gain, under "Moonshine's decoder".
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.weights import Matrix, Weights, side_by_side
from voice.memory import Network

LAYERS, HEADS, HEAD_SIZE = 6, 8, 36
WIDTH, ROTATED = HEADS * HEAD_SIZE, 32  # hidden size; rotary dimensions per head
VOCABULARY = 32_768  # tokens
LONGEST = 1024  # tokens of a text; an utterance is cut far earlier

_OPERATORS = {"": 18, "com.microsoft": 1}  # operator sets and their versions
_EMBEDDING = "model.decoder.embed_tokens.weight_merged_0"
_LAYER = "/model/decoder/layers.{}/"
_MATRICES = {  # our name of a layer's matrix -> the name of its result in the package's decoder
    "own": "self_attn/o_proj/MatMul",
    "ask": "encoder_attn/q_proj/MatMul",
    "hear": "encoder_attn/o_proj/MatMul",
    "widen": "mlp/fc1/Add",
    "narrow": "mlp/fc2/Add",
}

# Cross-attention keys and values, for each layer.
_CROSS_ATTENTION = """
    all_keys_@ = com.microsoft.DynamicQuantizeMatMul (states, key_@, key_@_scale, key_@_zero)
    all_values_@ = com.microsoft.DynamicQuantizeMatMul (states, value_@, value_@_scale, value_@_zero)
    keys_@ = Reshape (all_keys_@, in_heads)
    values_@ = Reshape (all_values_@, in_heads)
    sound_keys_@ = Transpose <perm = [0, 2, 3, 1]> (keys_@)
    sound_values_@ = Transpose <perm = [0, 2, 1, 3]> (values_@)
"""

_INPUT = """
    kept_keys = Gather <axis = 1> (past_keys, rows)
    kept_values = Gather <axis = 1> (past_values, rows)
    {kept_keys} = Split <axis = 0, num_outputs = {layers}> (kept_keys)
    {kept_values} = Split <axis = 0, num_outputs = {layers}> (kept_values)
"""
# A layer: self-attention (a query for each row), cross-attention (the queries of all rows at once, for the sound is the
# same) and the feed-forward part, each added to its input.
_STEP = """
    normed_@ = LayerNormalization <axis = -1, epsilon = {epsilon}> (x_@, input_layernorm_@, no_bias)
    qkv_@ = com.microsoft.DynamicQuantizeMatMul (normed_@, self_@, self_@_scale, self_@_zero)
    flat_query_@, flat_key_@, flat_value_@ = Split <axis = -1, num_outputs = 3> (qkv_@)
    turned_query_@ = com.microsoft.RotaryEmbedding <{turn}> (flat_query_@, position, cosines, sines)
    turned_key_@ = com.microsoft.RotaryEmbedding <{turn}> (flat_key_@, position, cosines, sines)
    query_@ = Reshape (turned_query_@, a_row_each)
    key_@ = Reshape (turned_key_@, a_row_each)
    value_@ = Reshape (flat_value_@, a_row_each)
    keys_@ = Concat <axis = -2> (kept_keys_@, key_@)
    values_@ = Concat <axis = -2> (kept_values_@, value_@)
    scores_@ = com.microsoft.FusedMatMul <transB = 1, alpha = {scale}> (query_@, keys_@)
    attention_@ = Softmax <axis = -1> (scores_@)
    found_@ = MatMul (attention_@, values_@)
    flat_found_@ = Reshape (found_@, flat)
    self_out_@ = com.microsoft.DynamicQuantizeMatMul (flat_found_@, own_@, own_@_scale, own_@_zero)
    y_@ = Add (x_@, self_out_@)

    sound_normed_@ = LayerNormalization <axis = -1, epsilon = {epsilon}> (y_@, post_attention_layernorm_@, no_bias)
    flat_queries_@ = com.microsoft.DynamicQuantizeMatMul (sound_normed_@, ask_@, ask_@_scale, ask_@_zero)
    queries_@ = Reshape (flat_queries_@, all_rows)
    queries_by_head_@ = Transpose <perm = [0, 2, 1, 3]> (queries_@)
    sound_scores_@ = com.microsoft.FusedMatMul <alpha = {scale}> (queries_by_head_@, sound_keys_@)
    sound_attention_@ = Softmax <axis = -1> (sound_scores_@)
    heard_by_head_@ = MatMul (sound_attention_@, sound_values_@)
    heard_@ = Transpose <perm = [0, 2, 1, 3]> (heard_by_head_@)
    flat_heard_@ = Reshape (heard_@, flat)
    sound_out_@ = com.microsoft.DynamicQuantizeMatMul (flat_heard_@, hear_@, hear_@_scale, hear_@_zero)
    z_@ = Add (y_@, sound_out_@)

    inner_normed_@ = LayerNormalization <axis = -1, epsilon = {epsilon}> (z_@, final_layernorm_@, no_bias)
    wide_@ = com.microsoft.DynamicQuantizeMatMul (inner_normed_@, widen_@, widen_@_scale, widen_@_zero, widen_@_bias)
    inner_@, gate_@ = Split <axis = -1, num_outputs = 2> (wide_@)
    open_@ = com.microsoft.QuickGelu <alpha = 1.0> (gate_@)
    gated_@ = Mul (open_@, inner_@)
    inner_out_@ = com.microsoft.DynamicQuantizeMatMul (gated_@, narrow_@, narrow_@_scale, narrow_@_zero, narrow_@_bias)
    x_+ = Add (z_@, inner_out_@)
"""
_OUTPUT = """
    keys = Concat <axis = 0> ({keys})
    values = Concat <axis = 0> ({values})
    last = LayerNormalization <axis = -1, epsilon = {epsilon}> (x_{layers}, norm, no_bias)
    logits = com.microsoft.DynamicQuantizeMatMul (last, out, out_scale, out_zero)
    logits_of_rows = Reshape (logits, a_row_of_tokens_each)
    log_probs = LogSoftmax <axis = -1> (logits_of_rows)
"""


def cross_attention(weights: Weights) -> Network:
    """A network: the encoding of a sound (1 × frames × WIDTH) to the cross-attention keys and values of each layer."""
    numbers: dict[str, NDArray[Any]] = {"in_heads": np.array([0, -1, HEADS, HEAD_SIZE])}
    for layer in range(LAYERS):
        key, value = cross_matrices(weights, layer)
        numbers |= {**dict(matrix_numbers(f"key_{layer}", key)), **dict(matrix_numbers(f"value_{layer}", value))}
    head = f"cross_attention (float[1, S, {WIDTH}] states) => ({_sound()})"
    return network_of(head, each_layer(_CROSS_ATTENTION), numbers)


def cross_matrices(weights: Weights, layer: int) -> tuple[Matrix, Matrix]:
    """The matrices that make a layer's cross-attention keys and values out of a sound's encoding."""
    attention = _LAYER.format(layer) + "encoder_attn/"
    return weights.matrix(attention + "k_proj/MatMul_output_0"), weights.matrix(attention + "v_proj/MatMul_output_0")


def decoder_step(weights: Weights) -> Network:
    """A network that extends texts by one token.

    In: what `Embedding` makes of the tokens, the row of the state before that each extends (rows), the number of tokens
    before (1), self-attention keys and values (LAYERS × rows before × HEADS × tokens × HEAD_SIZE each), and the outputs
    of `cross_attention`. Out: log-probabilities of every next token (rows × VOCABULARY); keys and values.
    """
    head = (
        f"step (float[R, 1, {WIDTH}] x_0, int64[R] rows, int64[1] position,"
        f" {_past('past_keys')}, {_past('past_values')}, {_sound()})"
        f" => (float[R, {VOCABULARY}] log_probs, {_past('keys')}, {_past('values')})"
    )
    names = {name: _names(name) for name in ("kept_keys", "kept_values", "keys", "values")}
    turn = f"interleaved = 1, num_heads = {HEADS}, rotary_embedding_dim = {ROTATED}"
    sizes = {"layers": LAYERS, "scale": HEAD_SIZE**-0.5, "epsilon": "0.00001", "turn": turn}
    body = (_INPUT + each_layer(_STEP) + _OUTPUT).format(**names, **sizes)
    return network_of(head, body, dict(step_numbers(weights)))


class Embedding:
    """Tokens to what the network takes for them. It lies in the package's file, for a text has few of its rows."""

    def __init__(self, weights: Weights) -> None:
        self._rows = weights.in_file(f"{_EMBEDDING}_quantized")
        scale, zero = (weights.tensor(f"{_EMBEDDING}_{part}") for part in ("scale", "zero_point"))
        self._scale, self._zero = np.float32(scale), np.float32(zero)  # copies: else all weights stay in memory

    def __call__(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """A row for each token: tokens × 1 × WIDTH."""
        values: NDArray[np.float32] = (self._rows[list(tokens)].astype(np.float32) - self._zero) * self._scale
        return values[:, None]


def step_numbers(weights: Weights) -> Iterator[tuple[str, NDArray[Any]]]:
    """The numbers of a step, by the names of its network."""
    yield "no_bias", np.zeros(WIDTH, np.float32)
    yield "a_row_each", np.array([1, -1, HEADS, 1, HEAD_SIZE])
    yield "all_rows", np.array([1, -1, HEADS, HEAD_SIZE])
    yield "flat", np.array([-1, 1, WIDTH])
    yield "a_row_of_tokens_each", np.array([-1, VOCABULARY])
    yield from rotations(LONGEST)
    yield "norm", weights.tensor("model.decoder.norm.weight_merged_0")
    yield from matrix_numbers("out", weights.matrix("logits"))
    for layer in range(LAYERS):
        for norm in ("input_layernorm", "post_attention_layernorm", "final_layernorm"):
            yield f"{norm}_{layer}", weights.tensor(f"model.decoder.layers.{layer}.{norm}.weight_merged_0")
        of = _LAYER.format(layer)
        qkv = [weights.matrix(f"{of}self_attn/{part}_proj/MatMul_output_0") for part in "qkv"]
        yield from matrix_numbers(f"self_{layer}", side_by_side(qkv))
        for name, result in _MATRICES.items():
            yield from matrix_numbers(f"{name}_{layer}", weights.matrix(f"{of}{result}_output_0"))


def rotations(positions: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Rotary position embedding: cosines and sines, positions × ROTATED / 2 each."""
    speeds = 10_000.0 ** (-np.arange(0, ROTATED, 2) / ROTATED)
    angles = np.outer(np.arange(positions), speeds)
    yield "cosines", np.cos(angles).astype(np.float32)
    yield "sines", np.sin(angles).astype(np.float32)


def matrix_numbers(name: str, matrix: Matrix) -> Iterator[tuple[str, NDArray[Any]]]:
    """The parts of a quantized matrix, by the names that a network has for them."""
    yield name, matrix.values
    yield f"{name}_scale", matrix.scale
    yield f"{name}_zero", matrix.zero
    if matrix.bias is not None:
        yield f"{name}_bias", matrix.bias


# ---- writing ONNX ------------------------------------------------------------------------------------


def network_of(head: str, body: str, numbers: dict[str, NDArray[Any]]) -> Network:
    """A network of this text: a name with inputs and outputs, then a line an operation."""
    from onnx import helper, parser

    operators = [helper.make_opsetid(domain, version) for domain, version in _OPERATORS.items()]
    model = helper.make_model(parser.parse_graph(f"{head} {{{body}}}"), opset_imports=operators, ir_version=9)
    weights = {}
    for name, values in numbers.items():
        kind = helper.np_dtype_to_tensor_dtype(values.dtype)
        tensor = model.graph.initializer.add(name=name, dims=values.shape, data_type=kind)
        if values.dtype == np.int64:  # a shape, which has to be known before the weights are there
            tensor.raw_data = values.tobytes()
        else:
            tensor.data_location = tensor.EXTERNAL
            tensor.external_data.add(key="location", value="elsewhere")
            weights[name] = values
    return Network(model.SerializeToString(), weights)


def each_layer(text: str) -> str:
    """The text once for each layer. @ stands for the number of the layer, + for the next one."""
    return "".join(text.replace("@", str(layer)).replace("+", str(layer + 1)) for layer in range(LAYERS))


def _names(name: str) -> str:
    return ", ".join(f"{name}_{layer}" for layer in range(LAYERS))


def _past(name: str) -> str:
    return f"float[{LAYERS}, P_{name}, {HEADS}, T_{name}, {HEAD_SIZE}] {name}"


def _sound() -> str:
    keys, values = f"float[1, {HEADS}, {HEAD_SIZE}, S] sound_keys", f"float[1, {HEADS}, S, {HEAD_SIZE}] sound_values"
    return f"{_names(keys)}, {_names(values)}"
