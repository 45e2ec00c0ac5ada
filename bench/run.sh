#!/usr/bin/env bash
# run.sh: CPU per request of the gateway, with all it records on and off, against nginx as a plain proxy;
# README.md beside it explains.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh

CONNECTIONS=${CONNECTIONS:-"32 256"}
ROUNDS=${ROUNDS:-5}
WARM=${WARM:-40}
upstream_port=18301 proxy_port=18302 on_port=18303 off_port=18305
folder=$(mktemp -d)
on='' off=''
export PATH="$PATH:/usr/sbin"
for tool in nginx wrk taskset; do
  command -v "$tool" >/dev/null || {
    echo "make bench needs $tool: apt-get install nginx-light wrk util-linux" >&2
    exit 1
  }
done

stop_all() {
  [ -z "$on" ] || kill "$on" 2>/dev/null || true
  [ -z "$off" ] || kill "$off" 2>/dev/null || true
  for server in upstream proxy; do
    [ ! -f "$folder/$server.pid" ] || kill "$(cat "$folder/$server.pid")" 2>/dev/null || true
  done
  sleep 0.5
  rm -rf "$folder"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# nginx NAME CORE HTTP-BLOCK
start_nginx() {
  cat >"$folder/$1.conf" <<END
worker_processes 1; daemon on; pid $folder/$1.pid; error_log $folder/$1.err;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000; client_body_buffer_size 2m;
  $3
}
END
  taskset -c "$2" nginx -c "$folder/$1.conf"
}

content=$(printf 'All work and no play makes a gateway dull. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12)
answer="{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"$content\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":82,\"total_tokens\":282}}"
start_nginx upstream 1 "server { listen 127.0.0.1:$upstream_port; default_type application/json;
    location / { return 200 '$answer'; } }"
start_nginx proxy 0 "upstream u { server 127.0.0.1:$upstream_port; keepalive 1024; keepalive_requests 1000000000; }
  server { listen 127.0.0.1:$proxy_port; location / { proxy_pass http://u; proxy_http_version 1.1;
    proxy_set_header Connection ''; } }"

cat >"$folder/post.lua" <<'END'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"gpt-4","temperature":0.7,"max_tokens":256,"messages":[{"role":"user","content":"'
  .. string.rep("Tell me about the reliability of gateways. ", 20) .. '"}]}'
END
# start_gateway NAME PORT OBSERVABILITY JOURNAL: leaves its process id in $started
start_gateway() {
  cat >"$folder/$1.yaml" <<END
server: {host: 127.0.0.1, port: $2}
observability: {metrics_port: $(($2 + 1)), $3}
journal: {url: "$4"}
providers: [{name: openai, base_url: "http://127.0.0.1:$upstream_port", api_key: k, models: [gpt-4]}]
END
  GATEWAY_JAVA_OPTS="-XX:ActiveProcessorCount=1" bin/gateway serve --config "$folder/$1.yaml" \
    >"$folder/$1.log" 2>&1 &
  started=$!
  until curl -sf "http://127.0.0.1:$2/health" >/dev/null; do sleep 0.1; done
}

# cpu PID: clock ticks, user and system.
cpu() {
  awk '{ print $14 + $15 }' "/proc/$1/stat"
}

# load PID PORT CONNECTIONS SECONDS: "us-per-request requests-per-second p99"
load() {
  local before out after
  before=$(cpu "$1")
  out=$(taskset -c 1 wrk -t1 -c"$3" -d"$4s" --latency -s "$folder/post.lua" \
    "http://127.0.0.1:$2/v1/chat/completions")
  after=$(cpu "$1")
  if grep -q 'Non-2xx' <<<"$out"; then
    echo "bench: not every answer was a 200" >&2
    exit 1
  fi
  awk -v ticks=$((after - before)) -v tick="$(getconf CLK_TCK)" '
    /requests in/ { requests = $1 } /Requests\/sec/ { rate = $2 } $1 == "99%" { p99 = $2 }
    END { printf "%.1f %.0f %s\n", ticks / tick * 1e6 / requests, rate, p99 }' <<<"$out"
}

median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

scripts/build.sh gateway >/dev/null
start_gateway on "$on_port" 'log_level: info' "sqlite:$folder/journal.db" && on=$started
idle=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$on/status")
start_gateway off "$off_port" 'log_level: error' none && off=$started
load "$on" "$on_port" 32 "$WARM" >/dev/null
load "$off" "$off_port" 32 "$WARM" >/dev/null
taskset -a -p -c 0 "$on" >/dev/null
taskset -a -p -c 0 "$off" >/dev/null
proxy=$(pgrep -P "$(cat "$folder/proxy.pid")")

mkdir -p bench/results
json="bench/results/$(date -u +%Y%m%dT%H%M%SZ).json"
machine="$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r)"
{
  printf '{"machine":"%s","java":"%s","rounds":%d,"idle_mb":%d,"results":[' "$machine" \
    "$("$JAVA_HOME/bin/java" -version 2>&1 | head -1 | tr -d '"')" "$ROUNDS" "$idle"
  separator=''
  printf '%-12s %14s %14s %12s %12s %8s\n' \
    connections 'nginx us/req' 'gateway us/req' 'to nginx' 'off us/req' 'on/off' >&2
  for connections in $CONNECTIONS; do
    rm -f "$folder"/[ngorf]
    for ((round = 0; round < ROUNDS; round++)); do
      n=$(load "$proxy" "$proxy_port" "$connections" 4 | cut -d' ' -f1)
      g=$(load "$on" "$on_port" "$connections" 6 | cut -d' ' -f1)
      o=$(load "$off" "$off_port" "$connections" 6 | cut -d' ' -f1)
      echo "$n" >>"$folder/n"
      echo "$g" >>"$folder/g"
      echo "$o" >>"$folder/o"
      awk "BEGIN { print $g / $n }" >>"$folder/r"
      awk "BEGIN { print $g / $o }" >>"$folder/f"
    done
    n=$(median <"$folder/n") g=$(median <"$folder/g") o=$(median <"$folder/o")
    r=$(median <"$folder/r") f=$(median <"$folder/f")
    printf '%-12s %14.1f %14.1f %12.2f %12.1f %8.2f\n' "$connections" "$n" "$g" "$r" "$o" "$f" >&2
    printf '%s{"connections":%s,"nginx_us":%s,"gateway_us":%s,"ratio":%s,"off_us":%s,"on_to_off":%s}' \
      "$separator" "$connections" "$n" "$g" "$r" "$o" "$f"
    separator=','
  done
  printf '],"loaded_mb":%d}\n' "$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$on/status")"
} >"$json"
echo "memory: $idle MB idle, $(sed 's/.*"loaded_mb":\([0-9]*\).*/\1/' "$json") MB after; $json"
