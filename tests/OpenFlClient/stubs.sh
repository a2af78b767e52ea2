#!/bin/sh
# Makes the Python stubs of the protocol in a folder.
set -eu
protos=$(cd "$(dirname "$0")/../../src/Contracts/Protos" && pwd)
mkdir -p "$1"
protoc -I "$protos" --python_out="$1" --grpc_python_out="$1" --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  "$protos/openfl/base.proto" "$protos/openfl/aggregator.proto"
