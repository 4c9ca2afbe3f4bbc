#!/usr/bin/env bash
# What the action does: install gradproof from this checkout, without Torch, into an environment of its own, and check.
# The inputs are the variables GRADPROOF_…, as action.yml sets them. The exit code is that of `gradproof check`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ "${GRADPROOF_INSTALL:-true}" = true ]; then
  environment="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/gradproof-environment"
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
    -c "$here/constraints.txt" "$here[flint]"
  PATH="$environment/bin:$PATH"
fi

arguments=(check --format "${GRADPROOF_FORMAT:-github}")
case "${GRADPROOF_STRICT:-false}" in
  true) arguments+=(--strict) ;;
  false) ;;
  *)
    echo "gradproof: the input strict is true or false, not $GRADPROOF_STRICT" >&2
    exit 2
    ;;
esac
if [ -n "${GRADPROOF_BASELINE:-}" ]; then arguments+=(--baseline "$GRADPROOF_BASELINE"); fi
if [ -n "${GRADPROOF_DECLARE:-}" ]; then arguments+=(--declare "$GRADPROOF_DECLARE"); fi

arguments+=(--) # what follows is no option, whatever it looks like
count=0
while IFS= read -r path || [ -n "$path" ]; do
  path="${path#"${path%%[![:space:]]*}"}"
  path="${path%"${path##*[![:space:]]}"}"
  if [ -n "$path" ]; then
    arguments+=("$path")
    count=$((count + 1))
  fi
done <<<"${GRADPROOF_PATHS:-.}"
if [ "$count" = 0 ]; then
  echo "gradproof: the input paths names nothing" >&2
  exit 2
fi

if [ -n "${GRADPROOF_OUTPUT:-}" ]; then
  gradproof "${arguments[@]}" >"$GRADPROOF_OUTPUT"
else
  gradproof "${arguments[@]}"
fi
