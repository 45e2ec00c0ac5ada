#!/usr/bin/env bash
# open.sh: latency at a fixed rate, from when each request was due: half of the highest rate, and half
# of that again.
. "$(dirname "$0")/common.sh"
. bench/java.sh

start_upstreams
start_on
warm_up "$on" "$on_port"
highest=$(load "$on" "$on_port" 256 6 | cut -d' ' -f2)
for share in 4 2; do
  rate=$((highest / share))
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    note nginx "$(open_load "$proxy_port" 1000 "$rate" 1 8)"
    note on "$(open_load "$on_port" 1000 "$rate" 1 8)"
    note added "$(paste <(tail -1 "$folder/round.nginx") <(tail -1 "$folder/round.on") |
      awk '{ print $5 - $1, $6 - $2, $7 - $3 }')"
  done
  if awk -v late="$(median nginx 2)" 'BEGIN { exit !(late > 20) }'; then
    echo "bench: at $rate/s the load itself was late ($(median nginx 2) ms at 99 % with nginx): no figures" >&2
    continue
  fi
  goal=''
  [ "$share" != 2 ] || goal='<= 1'
  result "p50 at $rate/s, nginx" "$(median nginx 1)" ms
  result "p50 at $rate/s, added by the gateway" "$(median added 1)" ms
  result "p99 at $rate/s, nginx" "$(median nginx 2)" ms
  result "p99 at $rate/s, added by the gateway" "$(median added 2)" ms "$goal"
done
