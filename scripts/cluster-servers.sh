# shellcheck shell=bash
# cluster-servers.sh, to be sourced after servers.sh: PostgreSQL, Redis, gateways and a balancer from the
# machine's packages, in $folder. What was started is in cluster_pids and stopped by stop_cluster.

cluster_pids=()
database_program=''
redis_port=''

# postgres_program NAME: where a program of PostgreSQL is; empty where it is not installed.
postgres_program() {
  command -v "$1" 2>/dev/null || ls /usr/lib/postgresql/*/bin/"$1" /opt/homebrew/opt/postgresql*/bin/"$1" \
    2>/dev/null | tail -n 1
}

has_database() {
  [ -n "$(postgres_program initdb)" ] && [ -n "$(postgres_program postgres)" ]
}

# as_owner FOLDER COMMAND...: PostgreSQL does not run as root.
as_owner() {
  local owned=$1
  shift
  if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$(dirname "$owned")"
    chown -R nobody "$owned"
    (cd / && exec setpriv --reuid=nobody --clear-groups env HOME="$owned" "$@")
  else
    "$@"
  fi
}

# start_database PORT: an empty PostgreSQL that is thrown away with $folder.
start_database() {
  local data=$folder/postgres tries=100
  database_program=$(postgres_program postgres)
  mkdir -p "$data"
  as_owner "$data" "$(postgres_program initdb)" --username=postgres --auth=trust --no-sync \
    --pgdata="$data/data" >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    return 1
  }
  as_owner "$data" "$database_program" -D "$data/data" -p "$1" -h 127.0.0.1 -k "$data" \
    -c max_connections=100 >"$folder/postgres.log" 2>&1 &
  cluster_pids+=($!)
  until as_owner "$data" "$(postgres_program pg_isready)" -q -h 127.0.0.1 -p "$1"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || {
      cat "$folder/postgres.log" >&2
      return 1
    }
    sleep 0.1
  done
}

# start_redis PORT: where Redis or Valkey is installed; nothing is kept on the disk.
start_redis() {
  local program
  program=$(command -v redis-server || command -v valkey-server) || return 1
  "$program" --port "$1" --bind 127.0.0.1 --save '' --appendonly no >"$folder/redis.log" 2>&1 &
  cluster_pids+=($!)
  redis_port=$1
}

# start_balancer PORT BACKEND...: nginx or HAProxy before the gateways.
start_balancer() {
  local port=$1 backend
  shift
  if command -v nginx >/dev/null; then
    {
      echo "daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log;"
      echo 'events { worker_connections 4096; }'
      echo "http { access_log off; client_body_temp_path $folder/nginx-body;"
      echo "proxy_temp_path $folder/nginx-proxy; fastcgi_temp_path $folder/nginx-fastcgi;"
      echo "uwsgi_temp_path $folder/nginx-uwsgi; scgi_temp_path $folder/nginx-scgi;"
      echo 'upstream gateways { least_conn; keepalive 64;'
      for backend in "$@"; do echo "server 127.0.0.1:$backend max_fails=1 fail_timeout=2s;"; done
      echo "} server { listen 127.0.0.1:$port; client_max_body_size 32m; location / {"
      echo 'proxy_pass http://gateways; proxy_http_version 1.1; proxy_set_header Connection "";'
      # A streamed answer passes as it comes, and a request that may have been carried out is not sent twice.
      echo 'proxy_buffering off; proxy_request_buffering off; proxy_read_timeout 600s;'
      echo 'proxy_next_upstream error; } } }'
    } >"$folder/nginx.conf"
    nginx -c "$folder/nginx.conf" -e "$folder/nginx.log" &
  elif command -v haproxy >/dev/null; then
    {
      echo 'defaults'
      echo '  mode http'
      echo '  timeout connect 5s'
      echo '  timeout client 600s'
      echo '  timeout server 600s'
      echo 'frontend data'
      echo "  bind 127.0.0.1:$port"
      echo '  default_backend gateways'
      echo 'backend gateways'
      echo '  balance leastconn'
      echo '  option httpchk GET /health'
      for backend in "$@"; do
        echo "  server g$backend 127.0.0.1:$backend check inter 1s fall 1 rise 1"
      done
    } >"$folder/haproxy.cfg"
    haproxy -f "$folder/haproxy.cfg" >"$folder/haproxy.log" 2>&1 &
  else
    return 1
  fi
  cluster_pids+=($!)
}

stop_cluster() {
  local pid
  for pid in "${cluster_pids[@]}"; do
    stop_server "$pid"
  done
  cluster_pids=()
}
