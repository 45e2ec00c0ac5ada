#!/usr/bin/env bash
# mvn.sh [--quiet] ARGUMENTS: Maven with the right JDK. Quiet means nothing but warnings and errors;
# Maven's own --quiet would hide the warnings that fail a build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
command -v mvn >/dev/null || {
  echo "Maven is missing: install version 3.8 or newer (apt install maven, brew install maven)." >&2
  exit 1
}
if [ "${1:-}" = --quiet ]; then
  shift
  set -- -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "$@"
fi
# Maven's own libraries would have Java 25 warn of what this project has no part in.
java_options="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
export MAVEN_OPTS="$java_options -Djansi.noreset=true ${MAVEN_OPTS:-}"
exec mvn --batch-mode --no-transfer-progress "$@"
