# shellcheck shell=bash
# servers.sh, to be sourced: what the other scripts share about starting and stopping servers.

# port_taken PORT: whether something listens there.
port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port FROM: the first free port from there on.
free_port() {
  local port=$1
  while port_taken "$port"; do
    port=$((port + 1))
  done
  echo "$port"
}

# await_health PORT PID: waits until the server answers; fails when it has ended, or after 30 s.
await_health() {
  local tries=150
  until curl --noproxy '*' -fs -o /dev/null --max-time 2 "http://127.0.0.1:$1/health"; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ] || ! kill -0 "$2" 2>/dev/null; then
      return 1
    fi
    sleep 0.2
  done
}

# stop_server PID: tells it to stop and waits until it has; does nothing where PID is empty.
stop_server() {
  [ -n "$1" ] || return 0
  kill -TERM "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# number_after PATTERN FILE [TENTHS]: prints the number there; waits for it for 20 s at most, or so many
# tenths of a second.
number_after() {
  local number='' tries=${3:-200}
  until number=$([ ! -f "$2" ] || sed -nE "s/.*$1([0-9]+).*/\1/p" "$2" | head -n 1) && [ -n "$number" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
  echo "$number"
}
