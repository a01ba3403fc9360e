"""The decoder of Moonshine as a network of its own: the weights of the package, in as few operations as they need.

The package's decoder takes nine hundred operations for a step, most of which find out sizes that are always the same;
this one takes 216, reads the sound once for all texts instead of once for each, and picks the texts that go on by
itself. Its numbers are the same, for the matrices are. See docs/measured.md for what that is worth.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.memory import Network
from voice.moonshine.weights import Matrix, Weights, side_by_side

LAYERS, HEADS, HEAD_SIZE = 6, 8, 36
WIDTH, ROTATED = HEADS * HEAD_SIZE, 32  # numbers for a piece, and how many of each head tell by a turn where it stands
PIECES = 32_768
LONGEST = 1024  # pieces of a text: far more than anything that is said before it is cut

_OPERATORS = {"": 18, "com.microsoft": 1}  # sets of operators and their versions
_LAYER = "/model/decoder/layers.{}/"
_MATRICES = {  # of a layer -> what the package's decoder calls their results
    "own": "self_attn/o_proj/MatMul",
    "ask": "encoder_attn/q_proj/MatMul",
    "hear": "encoder_attn/o_proj/MatMul",
    "widen": "mlp/fc1/Add",
    "narrow": "mlp/fc2/Add",
}

# What the decoder keeps of a sound: the keys and values of the attention to it, for each layer.
_LISTENING = """
    all_keys_@ = com.microsoft.DynamicQuantizeMatMul (states, key_@, key_@_scale, key_@_zero)
    all_values_@ = com.microsoft.DynamicQuantizeMatMul (states, value_@, value_@_scale, value_@_zero)
    keys_@ = Reshape (all_keys_@, in_heads)
    values_@ = Reshape (all_values_@, in_heads)
    sound_keys_@ = Transpose <perm = [0, 2, 3, 1]> (keys_@)
    sound_values_@ = Transpose <perm = [0, 2, 1, 3]> (values_@)
"""

_OPENING = """
    kept_keys = Gather <axis = 1> (past_keys, rows)
    kept_values = Gather <axis = 1> (past_values, rows)
    {kept_keys} = Split <axis = 0, num_outputs = {layers}> (kept_keys)
    {kept_values} = Split <axis = 0, num_outputs = {layers}> (kept_values)
    embedded = Gather <axis = 0> (embedding, pieces)
    x_0 = DequantizeLinear (embedded, embedding_scale, embedding_zero)
"""
# Attention to what is written (a query for each text), attention to the sound (the queries of all texts at once, for
# the sound is the same), and what follows from both, each added to what came in.
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
_END = """
    keys = Concat <axis = 0> ({keys})
    values = Concat <axis = 0> ({values})
    last = LayerNormalization <axis = -1, epsilon = {epsilon}> (x_{layers}, norm, no_bias)
    logits = com.microsoft.DynamicQuantizeMatMul (last, out, out_scale, out_zero)
    logits_of_rows = Reshape (logits, a_row_of_pieces_each)
    chances = LogSoftmax <axis = -1> (logits_of_rows)
"""


def listening(weights: Weights) -> Network:
    """A network: the encoding of a sound (1 × frames × WIDTH) to what a step of the decoder looks up in it."""
    numbers: dict[str, NDArray[Any]] = {"in_heads": np.array([0, -1, HEADS, HEAD_SIZE])}
    for layer in range(LAYERS):
        attention = _LAYER.format(layer) + "encoder_attn/"
        numbers |= dict(_matrix(f"key_{layer}", weights.matrix(attention + "k_proj/MatMul_output_0")))
        numbers |= dict(_matrix(f"value_{layer}", weights.matrix(attention + "v_proj/MatMul_output_0")))
    return _network(f"listening (float[1, S, {WIDTH}] states) => ({_sound()})", _each_layer(_LISTENING), numbers)


def step(weights: Weights) -> Network:
    """A network that takes texts by one piece further.

    In: the pieces (rows × 1), which of the texts before it each goes on with (rows), how many pieces those have (1),
    their keys and values (LAYERS × texts × HEADS × pieces × HEAD_SIZE each) and what `listening` finds.
    Out: the natural logarithms of the probabilities of every piece to come next (rows × PIECES); keys and values.
    """
    head = (
        "step (int64[R, 1] pieces, int64[R] rows, int64[1] position,"
        f" {_past('past_keys')}, {_past('past_values')}, {_sound()})"
        f" => (float[R, {PIECES}] chances, {_past('keys')}, {_past('values')})"
    )
    names = {name: _names(name) for name in ("kept_keys", "kept_values", "keys", "values")}
    turn = f"interleaved = 1, num_heads = {HEADS}, rotary_embedding_dim = {ROTATED}"
    sizes = {"layers": LAYERS, "scale": HEAD_SIZE**-0.5, "epsilon": "0.00001", "turn": turn}
    body = (_OPENING + _each_layer(_STEP) + _END).format(**names, **sizes)
    return _network(head, body, dict(_numbers_of_a_step(weights)))


def _numbers_of_a_step(weights: Weights) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "no_bias", np.zeros(WIDTH, np.float32)
    yield "a_row_each", np.array([1, -1, HEADS, 1, HEAD_SIZE])
    yield "all_rows", np.array([1, -1, HEADS, HEAD_SIZE])
    yield "flat", np.array([-1, 1, WIDTH])
    yield "a_row_of_pieces_each", np.array([-1, PIECES])
    yield from _turns()
    for name, part in (("embedding", "quantized"), ("embedding_scale", "scale"), ("embedding_zero", "zero_point")):
        yield name, weights.tensor(f"model.decoder.embed_tokens.weight_merged_0_{part}")
    yield "norm", weights.tensor("model.decoder.norm.weight_merged_0")
    yield from _matrix("out", weights.matrix("logits"))
    for layer in range(LAYERS):
        for norm in ("input_layernorm", "post_attention_layernorm", "final_layernorm"):
            yield f"{norm}_{layer}", weights.tensor(f"model.decoder.layers.{layer}.{norm}.weight_merged_0")
        of = _LAYER.format(layer)
        qkv = [weights.matrix(f"{of}self_attn/{part}_proj/MatMul_output_0") for part in "qkv"]
        yield from _matrix(f"self_{layer}", side_by_side(qkv))
        for name, result in _MATRICES.items():
            yield from _matrix(f"{name}_{layer}", weights.matrix(f"{of}{result}_output_0"))


def _turns() -> Iterator[tuple[str, NDArray[np.float32]]]:
    """By how much the pairs of numbers at each place in a text are turned (rotary position embedding)."""
    speeds = 10_000.0 ** (-np.arange(0, ROTATED, 2) / ROTATED)
    angles = np.outer(np.arange(LONGEST), speeds)
    yield "cosines", np.cos(angles).astype(np.float32)
    yield "sines", np.sin(angles).astype(np.float32)


def _matrix(name: str, matrix: Matrix) -> Iterator[tuple[str, NDArray[Any]]]:
    yield name, matrix.values
    yield f"{name}_scale", matrix.scale
    yield f"{name}_zero", matrix.zero
    if matrix.bias is not None:
        yield f"{name}_bias", matrix.bias


# ---- writing ONNX ------------------------------------------------------------------------------------


def _network(head: str, body: str, numbers: dict[str, NDArray[Any]]) -> Network:
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


def _each_layer(text: str) -> str:
    """The text for every layer: @ is its number, + the one behind it."""
    return "".join(text.replace("@", str(layer)).replace("+", str(layer + 1)) for layer in range(LAYERS))


def _names(name: str) -> str:
    return ", ".join(f"{name}_{layer}" for layer in range(LAYERS))


def _past(name: str) -> str:
    return f"float[{LAYERS}, P_{name}, {HEADS}, T_{name}, {HEAD_SIZE}] {name}"


def _sound() -> str:
    keys, values = f"float[1, {HEADS}, {HEAD_SIZE}, S] sound_keys", f"float[1, {HEADS}, S, {HEAD_SIZE}] sound_values"
    return f"{_names(keys)}, {_names(values)}"
