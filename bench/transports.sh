#!/usr/bin/env bash
# transports.sh: CPU per request, rates and latency in a closed loop with each transport of Linux
# (server.transport), in alternating rounds of one run.
. "$(dirname "$0")/common.sh"

io_uring_port=$on_port epoll_port=$off_port

# start_with TRANSPORT PORT: the gateway with all that is on by default; its process is $started.
start_with() {
  local configuration
  configuration=$(config_of "$1" "$2" 'log_level: info' "sqlite:$folder/$1.db")
  sed -i "s/^server: {/&transport: $1, /" "$configuration"
  launch "$configuration"
  until curl -sf "http://127.0.0.1:$2/health" >/dev/null; do
    kill -0 "$started" 2>/dev/null || {
      cat "$folder/$1.log" >&2 # why it does not work here
      exit 1
    }
    sleep 0.1
  done
}

start_upstreams
start_with io_uring "$io_uring_port"
io_uring=$started
start_with epoll "$epoll_port"
epoll=$started
warm_up "$io_uring" "$io_uring_port"
warm_up "$epoll" "$epoll_port"

for connections in ${CONNECTIONS:-32 256}; do
  rounds "$connections" io_uring epoll
  of="$connections connections"
  for name in io_uring epoll; do
    result "CPU per request, $of, $name" "$(median $name)" us
    result "rate, $of, $name" "$(median $name 2)" /s
    result "p99, $of, $name" "$(median $name 4)" us
  done
  result "CPU per request, $of, io_uring to epoll" "$(ratio io_uring 1 epoll 1)" x
  result "rate, $of, io_uring to epoll" "$(ratio io_uring 2 epoll 2)" x
  result "p99, $of, io_uring to epoll" "$(ratio io_uring 4 epoll 4)" x
done
