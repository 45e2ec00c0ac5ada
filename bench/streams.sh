#!/usr/bin/env bash
# streams.sh: what a chunk of a stream costs and how late it comes, through the gateway, through nginx
# without buffers as the reference, and through a bare relay in Vert.x.
. "$(dirname "$0")/common.sh"
. bench/java.sh

STREAMS=${STREAMS:-"200 1000"}
RATE=${RATE:-20} # chunks a second of each stream
SPAN=${SPAN:-10} # seconds of a round
TARGETS=${TARGETS:-"relay gateway"} # beside nginx
source_port=$((BENCH_PORT + 10)) relay_port=$((BENCH_PORT + 11)) gateway_port=$((BENCH_PORT + 12))
nginx_port=$((BENCH_PORT + 14))

start_streaming_nginx() {
  start_nginx streaming 0 "server { listen 127.0.0.1:$nginx_port; location / {
    proxy_pass http://127.0.0.1:$source_port; proxy_http_version 1.1; proxy_set_header Connection '';
    proxy_buffering off; proxy_read_timeout 600s; } }"
  nginx=$(pgrep -P "$(cat "$folder/streaming.pid")")
}

start_relay() {
  taskset -c 0 "${java[@]}" -XX:ActiveProcessorCount=1 \
    -cp "$classes" com.langdock.reliability.bench.BareRelay "$relay_port" "$source_port" \
    >"$folder/relay.log" 2>&1 &
  relay=$!
  processes="$processes $relay"
}

start_streaming_gateway() {
  cat >"$folder/streams.yaml" <<END
server: {host: 127.0.0.1, port: $gateway_port}
observability: {metrics_port: $((gateway_port + 1))}
journal: {url: "sqlite:$folder/journal.db"}
timeout: {stream_total: 60m}
retry: {max_attempts: 1}
circuit_breaker: {threshold: 1000000, minimum_calls: 1000000} # the load ends by going away
providers: [{name: openai, base_url: "http://127.0.0.1:$source_port", api_key: k, models: [gpt-4.1]}]
END
  launch "$folder/streams.yaml"
  gateway=$started
  until curl -sf "http://127.0.0.1:$gateway_port/health" >/dev/null; do sleep 0.1; done
  taskset -a -p -c 0 "$gateway" >/dev/null
}

# streams TARGET STREAMS SECONDS: see StreamLoad.
streams() {
  local port=$1_port
  "${java[@]}" -XX:TieredStopAtLevel=1 -cp "$classes" com.langdock.reliability.bench.StreamLoad \
    "$source_port" "${!port}" "${!1}" "$2" "$RATE" "$3" |
    grep -E '^[0-9.]+ [0-9]+ ' # and no lines of a log
}

# added COLUMN: by the gateway, to the median of nginx.
added() {
  awk -v gateway="$(median gateway "$1")" -v nginx="$(median nginx "$1")" 'BEGIN { print gateway - nginx }'
}

start_streaming_nginx
case " $TARGETS " in *' relay '*) start_relay ;; esac
start_streaming_gateway
for target in $TARGETS; do
  streams "$target" 300 "$((WARM / 2))" >/dev/null
done
for count in $STREAMS; do
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    for target in nginx $TARGETS; do
      note "$target" "$(streams "$target" "$count" "$SPAN")"
    done
  done
  chunk='' first='' late='' memory=''
  case $count in
    200) chunk='<= 1.15' first='<= 0.2' ;;
    1000) chunk='<= 1.45' late='<= 100' memory='<= 250' ;;
  esac
  for target in nginx $TARGETS; do
    result "$count streams, CPU per chunk, $target" "$(median "$target")" us
    result "$count streams, chunks, $target" "$(median "$target" 2)" /s
    result "$count streams, chunk late by p99, $target" "$(median "$target" 4)" ms
    result "$count streams, chunk late at most, $target" "$(median "$target" 5)" ms
    result "$count streams, first content p50, $target" "$(median "$target" 6)" ms
    result "$count streams, first content p99, $target" "$(median "$target" 7)" ms
  done
  case " $TARGETS " in
    *' relay '*) result "$count streams, CPU per chunk, relay to nginx" "$(ratio relay 1 nginx 1)" x ;;
  esac
  result "$count streams, CPU per chunk, gateway to nginx" "$(ratio gateway 1 nginx 1)" x "$chunk"
  result "$count streams, chunk late at most, added" "$(added 5)" ms "$late"
  result "$count streams, first content p50, added" "$(added 6)" ms "$first"
  result "$count streams, memory, gateway" "$(median gateway 8)" MB "$memory"
done
