#!/usr/bin/env bash
# clients.sh: do JavaScript's OpenAI client and the Vercel AI SDK assemble the same from a stream
# through the gateway as from one straight from the provider? Needs Node 20 and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/demo-servers.sh

command -v npm >/dev/null || {
  echo "clients.sh needs Node.js 20 or newer with npm." >&2
  exit 1
}

trap stop_all EXIT
trap 'exit 130' INT TERM HUP
start_servers
cp scripts/clients.mjs "$folder/"
(cd "$folder" && npm install --silent --no-audit --no-fund --no-save \
  openai@6.49.0 ai@6.0.326 @ai-sdk/openai-compatible@2.0.92)
DIRECT=$openai_url GATEWAY=$gateway_url node "$folder/clients.mjs"
