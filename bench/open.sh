#!/usr/bin/env bash
# open.sh: latency at a fixed rate, from when each request was due: half of the highest rate, and half
# of that again.
. "$(dirname "$0")/common.sh"
. bench/java.sh

start_upstreams
upstream_first
start_on
on=$started
warm_up "$on" "$on_port"
highest=$(load "$on" "$on_port" 256 6 | cut -d' ' -f2)

# measure NAME PORT: one round.
measure() {
  open_load "$2" 1000 "$rate" 1 8 >"$folder/seen"
  note "$1" "$(windows "$folder/seen")"
}

for share in 4 2; do
  rate=$((highest / share))
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    measure nginx "$proxy_port"
    measure on "$on_port"
    note added "$(paste <(tail -1 "$folder/round.nginx") <(tail -1 "$folder/round.on") |
      awk '{ print $7 - $1, $8 - $2 }')"
  done
  goal=''
  [ "$share" != 2 ] || goal='<= 1'
  result "p50 at $rate/s, nginx" "$(median nginx 1)" ms
  result "p50 at $rate/s, added by the gateway" "$(median added 1)" ms
  result "p99 at $rate/s, nginx" "$(median nginx 2)" ms
  result "p99 at $rate/s, added by the gateway" "$(median added 2)" ms "$goal"
  result "p99 at $rate/s, the load's own delay, nginx" "$(median nginx 6)" ms
  result "p99 at $rate/s, the load's own delay, gateway" "$(median on 6)" ms
done
