#!/usr/bin/env bash
# streams.sh: what a chunk of a stream costs, gateway against a bare relay; README.md beside it explains.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh

STREAMS=${STREAMS:-"100 1000"}
ROUNDS=${ROUNDS:-3}
SECONDS_EACH=${SECONDS_EACH:-10}
source_port=18311 relay_port=18312 gateway_port=18313 management_port=18314
folder=$(mktemp -d)
gateway='' relay=''

stop_all() {
  for process in "$gateway" "$relay"; do
    [ -z "$process" ] || kill "$process" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

scripts/build.sh gateway >/dev/null
scripts/mvn.sh --quiet package -pl bench -am -Dmaven.test.skip -Dspotless.check.skip -Dcheckstyle.skip
classes="bench/target/classes:gateway/target/classes:gateway/target/lib/*"
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

cat >"$folder/config.yaml" <<END
server: {host: 127.0.0.1, port: $gateway_port}
observability: {metrics_port: $management_port}
timeout: {stream_total: 60m}
retry: {max_attempts: 1}
circuit_breaker: {threshold: 1000000, minimum_calls: 1000000} # the load ends by going away
providers: [{name: openai, base_url: "http://127.0.0.1:$source_port", api_key: k, models: [gpt-4]}]
END
GATEWAY_JAVA_OPTS="-XX:ActiveProcessorCount=1" taskset -c 0 bin/gateway serve \
  --config "$folder/config.yaml" >"$folder/gateway.log" 2>&1 &
gateway=$!
taskset -c 0 "${java[@]}" -XX:ActiveProcessorCount=1 -Xms64m -Xmx512m -XX:+UseSerialGC \
  -cp "$classes" com.langdock.reliability.bench.BareRelay "$relay_port" "$source_port" &
relay=$!
until curl -sf "http://127.0.0.1:$gateway_port/health" >/dev/null; do sleep 0.1; done

# load PORT PROCESS STREAMS SECONDS
load() {
  taskset -c 1 "${java[@]}" -Xmx512m -XX:+UseSerialGC -cp "$classes" \
    com.langdock.reliability.bench.StreamLoad "$source_port" "$@"
}

load "$relay_port" "$relay" 300 20 >/dev/null
load "$gateway_port" "$gateway" 300 20 >/dev/null
for streams in $STREAMS; do
  for ((round = 0; round < ROUNDS; round++)); do
    echo "relay   $(load "$relay_port" "$relay" "$streams" "$SECONDS_EACH")"
    echo "gateway $(load "$gateway_port" "$gateway" "$streams" "$SECONDS_EACH")"
  done
done
