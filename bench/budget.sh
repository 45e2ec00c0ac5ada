#!/usr/bin/env bash
# budget.sh: what a request costs that does not depend on the hour: bytes, system calls, instructions. It
# writes the table between the marks of docs/benchmarks.md.
. "$(dirname "$0")/common.sh"
. bench/java.sh

document=docs/benchmarks.md
seconds=5
connections=32
table="$folder/table"

# row MEASURE VALUE
row() {
  echo "| $1 | $2 |" >>"$table"
}

# answered: loads the gateway, and prints how many requests it answered.
answered() {
  taskset -c 1 wrk -t1 -c"$connections" -d"${seconds}s" -s "$(script gpt-4.1 1000)" \
    "http://127.0.0.1:$on_port$path" | awk '/requests in/ { print $1 }'
}

# per_request COUNT REQUESTS FORMAT
per_request() {
  awk -v count="$1" -v requests="$2" -v format="$3" 'BEGIN { printf format, count / requests }'
}

system_calls() {
  if ! command -v strace >/dev/null; then
    echo "budget: strace is missing: system calls are not counted" >&2
    row 'system calls, 32 connections' 'not available'
    return
  fi
  strace -c -f -U name,calls -o "$folder/calls" -p "$started" 2>/dev/null &
  local tracer=$! requests
  sleep 1
  requests=$(answered)
  kill -INT "$tracer"
  wait "$tracer" || true
  row 'system calls, 32 connections' \
    "$(per_request "$(awk '$1 == "total" { print $2 }' "$folder/calls")" "$requests" %.2f)"
  awk 'NR > 2 && $1 !~ /^-/ && $1 != "total" { print $2, $1 }' "$folder/calls" | sort -rn | head -6 |
    while read -r count name; do
      row "— \`$name\`" "$(per_request "$count" "$requests" %.2f)"
    done
}

instructions() {
  local counter="$folder/instructions" requests
  if ! perf stat -x, -e instructions -- true 2>&1 | grep -q '^[0-9]'; then
    echo "budget: perf counts no instructions here" >&2
    row instructions 'not available'
    return
  fi
  perf stat -x, -e instructions -p "$started" -o "$counter" &
  local tracer=$!
  sleep 1
  requests=$(answered)
  kill -INT "$tracer"
  wait "$tracer" || true
  row instructions "$(per_request "$(grep -o '^[0-9]*' "$counter" | tail -1)" "$requests" %.0f)"
}

bench/allocation.sh | tee "$folder/allocation"
row 'bytes allocated (first compiler only)' "$(sed 's/.*all \([0-9]*\).*/\1/;q' "$folder/allocation")"
start_upstreams
start_on
warm_up "$started" "$on_port"
system_calls
instructions

commit=$(git rev-parse --short HEAD)$(git diff --quiet HEAD -- . ":!$document" || echo ' with changes')
{
  sed '/<!-- budget -->/q' "$document"
  printf '| per chat request of 1 KB, at %s | |\n| --- | --- |\n' "$commit"
  cat "$table"
  sed -n '/<!-- end of budget -->/,$p' "$document"
} >"$folder/document"
cp "$folder/document" "$document"
sed -n '/<!-- budget -->/,/<!-- end of budget -->/p' "$document"
