#!/usr/bin/env bash
# closed.sh: CPU per request, rates and latency in a closed loop: nginx as a plain proxy, the gateway
# with all it records on, and with all of that off; and the memory that it takes.
. "$(dirname "$0")/common.sh"

CONNECTIONS=${CONNECTIONS:-"1 32 256 1000"}
start_upstreams
start_on
idle=$(megabytes "$on" VmRSS)
start_gateway off "$off_port" 'log_level: error' none
off=$started
warm_up "$on" "$on_port"
warm_up "$off" "$off_port"

for connections in $CONNECTIONS; do
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    note nginx "$(load "$proxy" "$proxy_port" "$connections" 4)"
    note on "$(load "$on" "$on_port" "$connections" 6)"
    note off "$(load "$off" "$off_port" "$connections" 6)"
  done
  [ "$connections" != 256 ] || loaded=$(megabytes "$on" VmRSS)
  of="$connections connections"
  goal='' p50='' less=''
  case $connections in
    1) p50='<= 1.2' ;;
    32 | 256) goal='<= 1.6' less='<= 1.2' ;;
  esac
  result "CPU per request, $of, nginx" "$(median nginx)" us
  result "CPU per request, $of, gateway" "$(median on)" us
  result "CPU per request, $of, gateway to nginx" "$(ratio on 1 nginx 1)" x "$goal"
  result "CPU per request, $of, all on to all off" "$(ratio on 1 off 1)" x "$less"
  result "rate, $of, nginx" "$(median nginx 2)" /s
  result "rate, $of, gateway" "$(median on 2)" /s
  result "rate, $of, gateway to nginx" "$(ratio on 2 nginx 2)" x "${goal:+>= 0.6}"
  result "p50, $of, gateway to nginx" "$(ratio on 3 nginx 3)" x "$p50"
  result "p99, $of, nginx" "$(median nginx 4)" us
  result "p99, $of, gateway" "$(median on 4)" us
done
result 'memory, idle' "$idle" MB
[ -z "${loaded:-}" ] || result 'memory, 256 connections' "$loaded" MB '<= 200'
result 'memory, highest' "$(megabytes "$on" VmHWM)" MB
