#!/usr/bin/env bash
# streams.sh: what a chunk of a stream costs and how late it comes, through the gateway and through a
# bare relay.
. "$(dirname "$0")/common.sh"
. bench/java.sh

STREAMS=${STREAMS:-"100 1000"}
source_port=$((BENCH_PORT + 10)) relay_port=$((BENCH_PORT + 11)) gateway_port=$((BENCH_PORT + 12))

configuration="$folder/streams.yaml"
cat >"$configuration" <<END
server: {host: 127.0.0.1, port: $gateway_port}
observability: {metrics_port: $((gateway_port + 1))}
journal: {url: "sqlite:$folder/journal.db"}
timeout: {stream_total: 60m}
retry: {max_attempts: 1}
circuit_breaker: {threshold: 1000000, minimum_calls: 1000000} # the load ends by going away
providers: [{name: openai, base_url: "http://127.0.0.1:$source_port", api_key: k, models: [gpt-4.1]}]
END
launch "$configuration"
gateway=$started
taskset -c 0 "${java[@]}" -XX:ActiveProcessorCount=1 \
  -cp "$classes" com.langdock.reliability.bench.BareRelay "$relay_port" "$source_port" \
  >"$folder/relay.log" 2>&1 &
relay=$!
processes="$processes $relay"
until curl -sf "http://127.0.0.1:$gateway_port/health" >/dev/null; do sleep 0.1; done
taskset -a -p -c 0 "$gateway" >/dev/null

# streams PORT PROCESS STREAMS SECONDS: see StreamLoad.
streams() {
  "${java[@]}" -XX:TieredStopAtLevel=1 -cp "$classes" com.langdock.reliability.bench.StreamLoad "$source_port" "$@" |
    grep -E '^[0-9.]+ [0-9]+ ' # and no lines of a log
}

# added COLUMN: by the gateway, to the median of the relay.
added() {
  awk -v gateway="$(median gateway "$1")" -v relay="$(median relay "$1")" 'BEGIN { print gateway - relay }'
}

streams "$relay_port" "$relay" 300 20 >/dev/null
streams "$gateway_port" "$gateway" 300 20 >/dev/null
for count in $STREAMS; do
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    note relay "$(streams "$relay_port" "$relay" "$count" 10)"
    note gateway "$(streams "$gateway_port" "$gateway" "$count" 10)"
  done
  memory='' first='' late=''
  case $count in
    100) first='<= 1' ;;
    1000) memory='<= 250' late='<= 100' ;;
  esac
  result "$count streams, CPU per chunk, relay" "$(median relay)" us
  result "$count streams, CPU per chunk, gateway" "$(median gateway)" us
  result "$count streams, CPU per chunk, gateway to relay" "$(ratio gateway 1 relay 1)" x '<= 1.3'
  result "$count streams, chunks, relay" "$(median relay 2)" /s
  result "$count streams, chunks, gateway" "$(median gateway 2)" /s
  result "$count streams, chunk late by p99, relay" "$(median relay 4)" ms
  result "$count streams, chunk late by p99, gateway" "$(median gateway 4)" ms
  result "$count streams, chunk late at most, relay" "$(median relay 5)" ms
  result "$count streams, chunk late at most, gateway" "$(median gateway 5)" ms
  result "$count streams, chunk late at most, added" "$(added 5)" ms "$late"
  result "$count streams, first content p99, relay" "$(median relay 7)" ms
  result "$count streams, first content p99, gateway" "$(median gateway 7)" ms
  result "$count streams, first content p99, added" "$(added 7)" ms "$first"
  result "$count streams, memory, gateway" "$(median gateway 8)" MB "$memory"
done
