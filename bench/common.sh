# shellcheck shell=bash
# common.sh, to be sourced by the parts of the benchmark: servers, loads and results. README.md explains.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh

ROUNDS=${ROUNDS:-5}
WARM=${WARM:-40}
BENCH_PORT=${BENCH_PORT:-18301} # the first of twenty
path=/v1/chat/completions # of requests; a load of another API sets it
upstream_port=$BENCH_PORT proxy_port=$((BENCH_PORT + 1)) on_port=$((BENCH_PORT + 2)) off_port=$((BENCH_PORT + 4))
input=messages # the field of a request that has the prompt
more_providers='' # lines of a configuration that not every commit understands
folder=$(mktemp -d)
results=${RESULTS:-$folder/results}
processes=''
export PATH="$PATH:/usr/sbin"
for tool in nginx wrk taskset curl; do
  command -v "$tool" >/dev/null || {
    echo "make bench needs $tool: apt-get install nginx-light wrk util-linux curl" >&2
    exit 1
  }
done

stop_all() {
  local process
  for process in $processes; do
    kill "$process" 2>/dev/null || true
  done
  for process in "$folder"/*.pid; do
    [ ! -f "$process" ] || kill "$(cat "$process")" 2>/dev/null || true
  done
  sleep 0.5
  rm -rf "$folder"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# start_nginx NAME CORE HTTP-BLOCK
start_nginx() {
  cat >"$folder/$1.conf" <<END
worker_processes 1; daemon on; pid $folder/$1.pid; error_log $folder/$1.err;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000; client_body_buffer_size 2m; client_max_body_size 4m;
  $3
}
END
  taskset -c "$2" nginx -c "$folder/$1.conf"
}

# start_upstreams: the upstream of all formats on core 1, and nginx as a plain proxy of it on core 0.
start_upstreams() {
  local content openai anthropic gemini responses
  content=$(printf 'All work and no play makes a gateway dull. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12)
  openai="{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"$content\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":82,\"total_tokens\":282}}"
  anthropic="{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-3-opus\",\"content\":[{\"type\":\"text\",\"text\":\"$content\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":200,\"output_tokens\":82}}"
  gemini="{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"$content\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":200,\"candidatesTokenCount\":82,\"totalTokenCount\":282},\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}"
  responses="{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\",\"error\":null,\"model\":\"gpt-4.1-mini\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"text\":\"$content\"}]}],\"usage\":{\"input_tokens\":200,\"output_tokens\":82,\"total_tokens\":282}}"
  start_nginx upstream 1 "server { listen 127.0.0.1:$upstream_port; default_type application/json;
      location / { return 200 '$openai'; } location /v1/messages { return 200 '$anthropic'; }
      location /v1/responses { return 200 '$responses'; }
      location /v1beta/models { return 200 '$gemini'; }
      location /v1/traces { return 200; } }"
  start_nginx proxy 0 "upstream u { server 127.0.0.1:$upstream_port; keepalive 1024; keepalive_requests 1000000000; }
    server { listen 127.0.0.1:$proxy_port; location / { proxy_pass http://u; proxy_http_version 1.1;
      proxy_set_header Connection ''; } }"
  proxy=$(pgrep -P "$(cat "$folder/proxy.pid")")
}

# config_of NAME PORT OBSERVABILITY JOURNAL: writes a configuration and prints where it is.
config_of() {
  cat >"$folder/$1.yaml" <<END
server: {host: 127.0.0.1, port: $2}
observability: {metrics_port: $(($2 + 1)), $3}
journal: {url: "$4"}
providers:
  - {name: openai, base_url: "http://127.0.0.1:$upstream_port/v1", api_key: k, models: [gpt-4.1]}
  - {name: anthropic, base_url: "http://127.0.0.1:$upstream_port", api_key: k, models: [claude-3-opus]}
$more_providers
END
  echo "$folder/$1.yaml"
}

# launch CONFIGURATION: a gateway of one processor; leaves its process in $started.
launch() {
  GATEWAY_JAVA_OPTS="-XX:ActiveProcessorCount=1" bin/gateway serve --config "$1" >"${1%.yaml}.log" 2>&1 &
  started=$!
  processes="$processes $started"
}

# start_gateway NAME PORT OBSERVABILITY JOURNAL: as launch; ready when it returns.
start_gateway() {
  launch "$(config_of "$@")"
  until curl -sf "http://127.0.0.1:$2/health" >/dev/null; do sleep 0.1; done
}

# start_on [NAME PORT]: the gateway with everything on that is by default; its process is $started.
start_on() {
  start_gateway "${1:-on}" "${2:-$on_port}" 'log_level: info' "sqlite:$folder/${1:-on}.db"
}

# start_off: the gateway with all of that off; its process is $started.
start_off() {
  start_gateway off "$off_port" 'log_level: error' none
}

# warm_up PROCESS PORT [MODEL]: on both cores, with connections that come and go; then to core 0.
warm_up() {
  local connections
  for connections in 32 256 32 256; do
    load "$1" "$2" "$connections" $((WARM / 4)) "${3:-}" >/dev/null
  done
  taskset -a -p -c 0 "$1" >/dev/null
}

# script MODEL BYTES: wrk's request of about so many bytes.
script() {
  local file="$folder/$1-$2-$input.lua"
  [ -f "$file" ] || cat >"$file" <<END
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"$1","temperature":0.7,$([ "$input" = messages ] && echo '"max_tokens":256,')"$input":[{"role":"user","content":"'
  .. string.rep("Tell me about the reliability of gateways. ", math.floor(($2 - 120) / 43)) .. '"}]}'
END
  echo "$file"
}

# cpu PROCESS: clock ticks, user and system.
cpu() {
  awk '{ print $14 + $15 }' "/proc/$1/stat"
}

# megabytes PROCESS FIELD
megabytes() {
  awk -v field="$2:" '$1 == field { print int($2 / 1024) }' "/proc/$1/status"
}

# load PROCESS PORT CONNECTIONS SECONDS [MODEL [BYTES]]: "us-per-request requests-per-second p50-us p99-us"
load() {
  local before out after
  before=$(cpu "$1")
  out=$(taskset -c 1 wrk -t1 -c"$3" -d"$4s" --latency -s "$(script "${5:-gpt-4.1}" "${6:-1000}")" \
    "http://127.0.0.1:$2$path")
  after=$(cpu "$1")
  if grep -Eq 'Non-2xx|connect [1-9]|read [1-9]' <<<"$out"; then
    echo "bench: not every answer was a 200" >&2
    exit 1
  fi
  awk -v ticks=$((after - before)) -v tick="$(getconf CLK_TCK)" '
    function micros(text) {
      return text ~ /us$/ ? text + 0 : text ~ /ms$/ ? text * 1000 : text * 1000000
    }
    /requests in/ { requests = $1 } /Requests\/sec/ { rate = $2 }
    $1 == "50%" { p50 = micros($2) } $1 == "99%" { p99 = micros($2) }
    END { printf "%.1f %.0f %.0f %.0f\n", ticks / tick * 1e6 / requests, rate, p50, p99 }' <<<"$out"
}

# note FILE VALUE...: keeps a round's values.
note() {
  local file="$folder/round.$1"
  shift
  echo "$@" >>"$file"
}

# rounds CONNECTIONS NAME...: loads proxy, on, off, ... in turn, ROUNDS times, and keeps their values under
# their names. The process of each is in $NAME, its port in $NAME_port, its model, if another one, in $NAME_model.
rounds() {
  local connections=$1 round name port model
  shift
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    for name in "$@"; do
      port=${name}_port model=${name}_model
      note "$name" "$(load "${!name}" "${!port}" "$connections" 5 "${!model:-}")"
    done
  done
}

# median FILE [COLUMN]
median() {
  awk -v column="${2:-1}" '{ print $column }' "$folder/round.$1" | sort -n |
    awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# ratio FILE COLUMN FILE COLUMN: the median of the rounds' ratios.
ratio() {
  paste "$folder/round.$1" "$folder/round.$3" >"$folder/round.pair"
  local columns
  columns=$(head -1 "$folder/round.$1" | wc -w)
  awk -v a="$2" -v b=$((columns + $4)) '{ print $a / $b }' "$folder/round.pair" >"$folder/round.ratio"
  median ratio
}

# result NAME VALUE [UNIT [GOAL]]: one line of the table. A goal is "<= 1.6" or ">= 22000".
result() {
  local met=''
  if [ -n "${4:-}" ]; then
    met=$(awk -v value="$2" -v sign="${4% *}" -v bound="${4#* }" 'BEGIN {
      print (sign == "<=" ? value + 0 <= bound + 0 : value + 0 >= bound + 0) ? "met" : "NOT MET" }')
  fi
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "${3:-}" "${4:-}" "$met" >>"$results"
  printf '%-58s %10s %-8s %s\n' "$1" "$(printf '%.4g' "$2")" "${3:-}" "${4:+goal $4: $met}"
}
