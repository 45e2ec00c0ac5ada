#!/usr/bin/env bash
# run.sh [OPTIONS OF run.py]: installs the official clients, then runs them against the gateway, where
# possible in a network that has nothing but loopback.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
export JAVA_HOME PYTHONDONTWRITEBYTECODE=1
PATH=$JAVA_HOME/bin:$PATH

command -v python3 >/dev/null || {
  echo "make clients needs Python 3.9 or newer." >&2
  exit 1
}
scripts/build.sh mock-provider gateway >/dev/null
python3 clients/install.py

for alone in 'unshare --net' 'unshare --map-root-user --net'; do
  # shellcheck disable=SC2086 # a command and its options
  if $alone ip link set lo up 2>/dev/null; then
    exec $alone sh -c 'ip link set lo up && exec python3 clients/run.py "$@"' run.py "$@"
  fi
done
echo "Without a network of its own: unshare and ip are missing or not allowed." >&2
exec python3 clients/run.py "$@"
