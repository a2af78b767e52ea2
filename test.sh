#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests need from Debian's packages where apt-get is there.
set -u
cd "$(dirname "$0")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# Real images for the Fashion-MNIST template; without them its tests make do with files of their own.
if [ ! -d /usr/share/datasets/fashion-mnist ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  (apt-get update -qq && apt-get install -y -qq dataset-fashion-mnist) >"$results/apt.log" 2>&1 || true
fi

# What a collaborator of the original is written in, and the shells that are asked to complete a line; without them the tests of its
# protocol in real processes, and of completion, are skipped.
packages="zsh fish python3-grpcio python3-protobuf python3-numpy python3-xxhash python3-yaml protobuf-compiler protobuf-compiler-grpc"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] && ! dpkg -s $packages >/dev/null 2>&1; then
  # shellcheck disable=SC2086 # A list of names.
  (apt-get update -qq && apt-get install -y -qq $packages) >>"$results/apt.log" 2>&1 || true
fi

dotnet build Actors.sln -c Release || exit 1
dotnet format whitespace Actors.sln --verify-no-changes --no-restore || exit 1

passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests tests/*.ClusterTests; do
  name=$(basename "$project")
  [ -n "$(find "$project" -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ] || continue
  program=$(find artifacts/bin/Actors."$name"/release* -maxdepth 1 -name "Actors.$name.dll" -print -quit)
  echo "== $name"
  timeout 1500 dotnet "$program" -noColor >"$results/$name.log" 2>&1
  code=$?
  summary=$(grep -E 'Total: *[0-9]+' "$results/$name.log" | tail -n 1)
  count() { printf '%s' "$summary" | grep -oE "$1: *[0-9]+" | grep -oE '[0-9]+' || echo 0; }
  total=$(count Total) bad=$(( $(count Failed) + $(count Errors) )) left=$(count Skipped)
  passed=$((passed + total - bad - left)) failed=$((failed + bad)) skipped=$((skipped + left))
  echo "$summary"
  if [ "$code" -ne 0 ] || [ "$total" -eq 0 ]; then
    grep -vE '^\s*$' "$results/$name.log" | grep -E -A 12 'FAIL|error|exception' | head -n 120
    [ "$bad" -gt 0 ] || { echo "$name ended with $code and counted no failure"; broken=$((broken + 1)); }
  fi
done

echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ $((failed + broken)) -eq 0 ]
