#!/usr/bin/env bash
# start.sh: from the start of the process to its first answer, and the first ten seconds after it.
. "$(dirname "$0")/common.sh"
. bench/java.sh

start_upstreams
upstream_first
mkfifo "$folder/nothing"
configuration=$(config_of on "$on_port" 'log_level: info' "sqlite:$folder/journal.db")
question='{"model":"gpt-4.1","messages":[{"role":"user","content":"Hello"}]}'
bin/gateway check "$configuration" >/dev/null # builds, and makes the start cache

# answer_after CORES: seconds from the start to the first answer. It looks for an open port every two
# milliseconds without a process of its own, and then asks; again, where the answer is not a good one yet.
answer_after() {
  local begun
  begun=$(date +%s%N)
  launch "$configuration"
  taskset -a -p -c "$1" "$started" >/dev/null
  until { : <"/dev/tcp/127.0.0.1/$on_port"; } 2>/dev/null; do
    read -rt 0.002 _ <>"$folder/nothing" || true
  done
  until curl -sf -o /dev/null -d "$question" -H 'content-type: application/json' \
    "http://127.0.0.1:$on_port/v1/chat/completions"; do :; done
  awk -v from="$begun" -v to="$(date +%s%N)" 'BEGIN { print (to - from) / 1e9 }'
}

stop() {
  kill "$started"
  wait "$started" 2>/dev/null || true
}

for ((round = 0; round < ROUNDS; round++)); do
  for cores in 0,1 0; do
    answer_after "$cores" >"$folder/seconds"
    note "start.$cores" "$(cat "$folder/seconds")"
    stop
  done
done
result 'start to first answer, two cores' "$(median start.0,1)" s '<= 0.7'
result 'start to first answer, one core' "$(median start.0)" s

# The load is warm and waits before the gateway starts, so that its first seconds are cold ones.
open_load "$on_port" 1000 500 10 1 1 >"$folder/seen" &
load=$!
until grep -q ready "$folder/seen"; do sleep 0.1; done
launch "$configuration"
taskset -a -p -c 0 "$started" >/dev/null
wait "$load"
windows "$folder/seen" >"$folder/seconds"
second=0
while read -r p50 p99 _ _ answers _; do
  second=$((second + 1))
  result "second $second at 500/s, answers" "$answers" /s
  result "second $second at 500/s, p50" "$p50" ms
  result "second $second at 500/s, p99" "$p99" ms
done <"$folder/seconds"
stop
