# shellcheck shell=bash disable=SC2034 # demo.sh reads the addresses
# demo-servers.sh, to be sourced by demo.sh: the processes and the configuration that the demo uses.

. scripts/servers.sh

mock=''
gateway=''
folder=$(mktemp -d)
gateway_log=$folder/gateway.log
admin_token=the-token-of-the-demo-and-of-nothing-else

write_config() {
  cat >"$folder/config.yaml" <<END
server: {host: "127.0.0.1", port: $gateway_port, lame_duck: 0s, allow_anonymous: true}
observability: {metrics_port: $management_port}
client_keys: {}
management: {tokens: [{name: "demo", role: admin, hash: "$(bin/gateway key --hash <<<"$admin_token")"}]}
store: {url: "sqlite:$folder/gateway.db"}
retry: {max_attempts: 3, base_backoff: 200ms, max_backoff: 2s}
timeout: {connect: 2s, read: 5s, total: 10s}
circuit_breaker: {threshold: 5, timeout: 2s}
providers:
  - name: "openai"
    base_url: "$openai_url"
    api_key: "mock-key"
    models: ["gpt-4", "gpt-4o", "gpt-3.5-turbo"]
    priority: 1
    timeout: {read: 600ms}
  - name: "anthropic"
    base_url: "$anthropic_url"
    api_key: "mock-key"
    models: ["claude-3-opus", "claude-sonnet-4-5"]
    priority: 2
  - name: "gemini"
    base_url: "$gemini_url"
    api_key: "mock-key"
    models: ["gemini-2.5-flash"]
    priority: 3
  - name: "cohere"
    type: cohere-v2
    base_url: "$cohere_url"
    api_key: "mock-key"
    models: ["command-a-03-2025"]
    priority: 4
fallbacks:
  gpt-4: ["claude-3-opus"]
  gpt-4o: ["claude-3-opus"]
  claude-sonnet-4-5: ["gemini-2.5-flash", "command-a-03-2025"]
END
}

# await_start NAME PORT PID LOG
await_start() {
  await_health "$2" "$3" || {
    printf 'demo: the %s did not start:\n%s\n' "$1" "$(cat "$4")" >&2
    exit 1
  }
}

start_servers() {
  local openai_port anthropic_port gemini_port cohere_port gateway_port management_port
  openai_port=$(free_port 18001)
  anthropic_port=$(free_port $((openai_port + 1)))
  gemini_port=$(free_port $((anthropic_port + 1)))
  cohere_port=$(free_port $((gemini_port + 1)))
  gateway_port=$(free_port 18080)
  management_port=$(free_port 19090)
  openai_url=http://127.0.0.1:$openai_port
  anthropic_url=http://127.0.0.1:$anthropic_port
  gemini_url=http://127.0.0.1:$gemini_port
  cohere_url=http://127.0.0.1:$cohere_port/v2
  gateway_url=http://127.0.0.1:$gateway_port
  management_url=http://127.0.0.1:$management_port
  scripts/build.sh mock-provider gateway >/dev/null
  write_config
  bin/mock-provider --openai-port "$openai_port" --anthropic-port "$anthropic_port" \
    --gemini-port "$gemini_port" --bedrock-port 0 --cohere-port "$cohere_port" >"$folder/mock.log" 2>&1 &
  mock=$!
  bin/gateway serve --config "$folder/config.yaml" >"$gateway_log" 2>&1 &
  gateway=$!
  await_start "mock providers" "$openai_port" "$mock" "$folder/mock.log"
  await_start "mock providers" "$anthropic_port" "$mock" "$folder/mock.log"
  await_start "mock providers" "$gemini_port" "$mock" "$folder/mock.log"
  await_start "mock providers" "$cohere_port" "$mock" "$folder/mock.log"
  await_start gateway "$gateway_port" "$gateway" "$gateway_log"
}

stop_all() {
  stop_server "$gateway"
  stop_server "$mock"
  rm -rf "$folder"
}
