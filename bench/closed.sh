#!/usr/bin/env bash
# closed.sh: CPU per request, rates and latency in a closed loop: nginx as a plain proxy, the gateway
# with all it records on, and with all of that off; and the memory that it takes.
. "$(dirname "$0")/common.sh"

CONNECTIONS=${CONNECTIONS:-"1 32 256 1000"}
start_upstreams
start_on
on=$started
idle=$(megabytes "$on" VmRSS)
start_off
off=$started
warm_up "$on" "$on_port"
warm_up "$off" "$off_port"

for connections in $CONNECTIONS; do
  rounds "$connections" proxy on off
  [ "$connections" != 256 ] || loaded=$(megabytes "$on" VmRSS)
  of="$connections connections"
  goal='' p50='' less=''
  case $connections in
    1) p50='<= 1.2' ;;
    32 | 256) goal='<= 1.6' less='<= 1.2' ;;
  esac
  result "CPU per request, $of, nginx" "$(median proxy)" us
  result "CPU per request, $of, gateway" "$(median on)" us
  result "CPU per request, $of, gateway to nginx" "$(ratio on 1 proxy 1)" x "$goal"
  result "CPU per request, $of, all on to all off" "$(ratio on 1 off 1)" x "$less"
  result "rate, $of, nginx" "$(median proxy 2)" /s
  result "rate, $of, gateway" "$(median on 2)" /s
  result "rate, $of, gateway to nginx" "$(ratio on 2 proxy 2)" x "${goal:+>= 0.6}"
  result "p50, $of, gateway to nginx" "$(ratio on 3 proxy 3)" x "$p50"
  result "p99, $of, nginx" "$(median proxy 4)" us
  result "p99, $of, gateway" "$(median on 4)" us
done
result 'memory, idle' "$idle" MB
[ -z "${loaded:-}" ] || result 'memory, 256 connections' "$loaded" MB '<= 200'
result 'memory, highest' "$(megabytes "$on" VmHWM)" MB
