# shellcheck shell=bash
# servers.sh, to be sourced: what run.sh and demo.sh share about starting and stopping servers.

# port_taken PORT: whether something listens there.
port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
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
