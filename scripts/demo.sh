#!/usr/bin/env bash
# demo.sh: what the gateway does when providers fail, played against real processes and checked.
# It uses ports and a configuration of its own, so it runs beside `make run`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/demo-servers.sh
. scripts/demo-tools.sh

chat() {
  echo "{\"model\": \"$1\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}"
}

# --- the scenarios; circuit_recovers finds the circuit as errors_open_the_circuit leaves it

normal_success() {
  scenario "Normal success"
  ask "$(chat gpt-4)"
  show_answer
  expect_logged request_succeeded
  show_log
  expect status "$status" 200
  expect provider "$(field provider)" openai
  expect attempts "$(field attempts)" 1
  expect trail "$(header x-attempt-trail)" 'openai/gpt-4:200:[0-9]+ms'
  shown "one attempt at openai, one answer"
}

timeout_then_retry() {
  scenario "Timeout, then a retry with back-off (only openai has this model)"
  fail_with '{"script": ["timeout"], "timeout_duration_seconds": 5}'
  ask "$(chat gpt-3.5-turbo)"
  show_answer
  expect_logged request_succeeded
  expect_logged retry_scheduled
  show_log
  expect status "$status" 200
  expect attempts "$(field attempts)" 2
  expect trail "$(header x-attempt-trail)" \
    'openai/gpt-3.5-turbo:[^,]*, openai/gpt-3.5-turbo:200:[0-9]+ms'
  # 200 ms and up to half of it again
  expect "the wait in ms" "$(logged retry_scheduled | member wait_ms)" '2[0-9][0-9]|300'
  shown "silence ends after 600 ms; the same target answers after a short wait"
}

rate_limit_then_failover() {
  scenario "Rate limit, then failover to anthropic"
  fail_with '{"rate_limit_probability": 1, "retry_after_seconds": 20}'
  ask "$(chat gpt-4)"
  show_answer
  expect_logged request_succeeded
  show_log
  expect status "$status" 200
  expect provider "$(field provider)" anthropic
  expect model "$(field model)" claude-3-opus
  expect attempts "$(field attempts)" 2
  expect trail "$(header x-attempt-trail)" \
    'openai/gpt-4:429:[0-9]+ms, anthropic/claude-3-opus:200:[0-9]+ms'
  shown "told to come back in 20 s, the gateway goes to anthropic at once"
}

errors_open_the_circuit() {
  local requests=0 before
  scenario "Server errors open openai's circuit"
  fail_with '{"server_error_probability": 1}'
  tell sent "POST /v1/chat/completions  $(chat gpt-4o)  (until the circuit opens)"
  until scenario_log | grep -q circuit_opened || [ "$requests" -eq 6 ]; do
    requests=$((requests + 1))
    ask_quietly "$(chat gpt-4o)"
    tell got "$status  provider=$(field provider)"
    show_trail
    expect status "$status" 200
    expect provider "$(field provider)" anthropic
    sleep 0.1 # logs are written aside
  done
  expect_logged circuit_opened
  before=$(requests_seen "$openai_url")
  ask "$(chat gpt-4o)"
  show_answer
  expect_logged request_succeeded
  show_log
  expect status "$status" 200
  expect attempts "$(field attempts)" 1
  expect trail "$(header x-attempt-trail)" 'anthropic/claude-3-opus:200:[0-9]+ms'
  expect "requests seen by openai" "$(requests_seen "$openai_url")" "$before"
  shown "after 5 failures in a row this model of openai is left alone; requests go straight to anthropic"
}

circuit_recovers() {
  scenario "The circuit recovers"
  tell openai "is well again; its circuit stays open for 2 s"
  sleep 2.2
  ask "$(chat gpt-4o)"
  show_answer
  expect_logged circuit_half_open
  expect_logged circuit_closed
  expect_logged request_succeeded
  show_log
  expect status "$status" 200
  expect provider "$(field provider)" openai
  expect trail "$(header x-attempt-trail)" 'openai/gpt-4o:200:[0-9]+ms'
  shown "half-open lets one probe through; it succeeds, and the circuit is closed"
}

validation_fails_fast() {
  local before
  scenario "Validation fails fast"
  before=$(requests_seen "$openai_url")/$(requests_seen "$anthropic_url")
  ask '{"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "temperature": 3}'
  show_answer
  expect_logged validation_failed
  show_log
  expect status "$status" 400
  expect code "$(field code)" invalid_value
  expect param "$(field param)" temperature
  ask '{"model": "gpt-4", "messages": []}'
  show_answer
  expect_logged validation_failed
  show_log
  expect status "$status" 400
  expect param "$(field param)" messages
  expect "requests seen by the providers" \
    "$(requests_seen "$openai_url")/$(requests_seen "$anthropic_url")" "$before"
  shown "the answer names the field at fault, and no provider was called"
}

stream_cut_in_the_middle() {
  scenario "A stream cut in the middle arrives whole"
  fail_with '{"script": ["stream_cut"], "stream_fault_after_chunks": 9, "token_delay_ms": 60}'
  post "$anthropic_url/config/failures" '{"token_delay_ms": 60}' >/dev/null
  ask_stream "{\"stream\": true, $(chat gpt-4o | cut -c2-)"
  expect_logged request_succeeded
  expect_logged stream_continued
  show_log
  expect status "$status" 200
  expect text "$(stream_text)" 'This is a mock answer to “Say hello”\. Each word of it is a chunk of its own, so a lost or doubled word shows\. Finished by anthropic/claude-3-opus\.'
  expect "the models that spoke" "$(stream_values model)" 'gpt-4o claude-3-opus'
  expect "ids of the stream" "$(stream_values id | wc -w)" 1
  expect "finish reasons" "$(grep -c '"finish_reason":"stop"' "$folder/body")" 1
  expect "ends" "$(grep -c '^data: \[DONE\]$' "$folder/body")" 1
  shown "openai broke off, anthropic went on from there: one answer, nothing lost, nothing twice"
}

message_goes_on_at_another_format() {
  local model=claude-sonnet-4-5 pace='"token_delay_ms": 60'
  scenario "A Messages client's stream is cut at anthropic, then at gemini, and goes on at cohere"
  fail_with '{"script": ["stream_cut"], "stream_fault_after_chunks": 9, '"$pace}" anthropic
  fail_with '{"script": ["stream_cut"], "stream_fault_after_chunks": 9, '"$pace}" gemini
  post "${cohere_url%/v2}/config/failures" "{$pace}" >/dev/null
  ask_stream "{\"stream\": true, \"max_tokens\": 500, $(chat "$model" | cut -c2-)" \
    /v1/messages text
  expect_logged request_succeeded
  expect_logged stream_continued
  show_log
  expect status "$status" 200
  expect text "$(stream_text text)" 'This is a mock answer to “Say hello”\. Each word of it is a chunk of its own, so a lost or doubled word shows\. Finished by cohere/command-a-03-2025\.'
  expect "events of the message" "$(grep '^event: ' "$folder/body" | grep -v ping | uniq | paste -sd ' ')" \
    "event: message_start event: content_block_start event: content_block_delta event: content_block_stop event: message_delta event: message_stop"
  shown "three providers with three wire formats, one message: one id, one block of text, one end"
}

provider_dies_under_load() {
  local answered
  scenario "A provider dies with 200 requests in flight"
  fail_with '{"reset_probability": 1, "response_delay_seconds": 0.3}'
  tell sent "200 x POST /v1/chat/completions  $(chat gpt-4) at once; openai resets every connection"
  answered=$(post "$gateway_url/v1/chat/completions?n=[1-200]" "$(chat gpt-4)" \
    -Z --parallel-max 200 -o /dev/null -w '%{http_code} %header{x-provider}\n' 2>/dev/null |
    sort | uniq -c | sed 's/^ *//')
  tell got "$answered"
  expect "answers by status and provider" "$answered" '200 200 anthropic'
  shown "every request in flight moved to anthropic: leaving a dead provider costs no retry budget"
}

budget_refuses_at_the_right_cent() {
  local requests=0 before sum='0' request
  request="{\"max_tokens\": 60, $(chat gpt-4 | cut -c2-)"
  scenario "A key spends its budget, and not a cent more"
  make_key '{"name": "intern", "budget": {"total": 0.02}}'
  tell sent "POST /v1/chat/completions  $request  (until it is refused)"
  while [ "$requests" -lt 30 ]; do
    requests=$((requests + 1))
    before=$(requests_seen "$openai_url")
    ask_quietly "$request"
    [ "$status" = 200 ] || break
    sum="$sum + $(header x-cost-usd)"
  done
  sum=$(awk "BEGIN {printf \"%.9f\", $sum}")
  tell got "$((requests - 1)) answers for $sum US dollars together, as their X-Cost-Usd say"
  show_answer
  expect status "$status" 429
  expect code "$(field code)" insufficient_quota
  expect "requests seen by openai" "$(requests_seen "$openai_url")" "$before"
  expect "dollars that the key has used" \
    "$(printf '%.9f' "$(manage GET "/api/keys/$key_id" | member cost_usd)")" "$sum"
  expect "whether that is within the budget" "$(awk "BEGIN {print ($sum <= 0.02 && $sum > 0.01)}")" 1
  shown "what the answers cost, what the key has used and what was left agree to the last digit"
}

revoked_key_ends_its_stream() {
  local stream
  scenario "A revoked key's stream ends"
  fail_with '{"token_delay_ms": 300}'
  make_key '{"name": "lost-laptop"}'
  (
    sleep 1.5
    manage DELETE "/api/keys/$key_id" >"$folder/revoked"
  ) &
  stream=$!
  ask_stream "{\"stream\": true, $(chat gpt-4o | cut -c2-)"
  wait "$stream"
  tell operator "DELETE /api/keys/$key_id, while the stream ran"
  expect status "$status" 200
  expect "the code in the stream's error" "$(field code)" invalid_api_key
  expect "ends" "$(grep -c '^data: \[DONE\]$' "$folder/body")" 0
  ask "$(chat gpt-4o)"
  show_answer
  expect status "$status" 401
  expect code "$(field code)" invalid_api_key
  shown "the stream ends with an error and never looks whole; the next request is refused"
}

# The first request to a provider loads classes, and would be slow for the demo's short timeouts.
warm_up() {
  local model tries=10
  for model in gpt-4 claude-3-opus gemini-2.5-flash command-a-03-2025; do
    until ask_quietly "$(chat "$model")" && [ "$(field attempts)" = 1 ] || [ "$tries" -eq 0 ]; do
      tries=$((tries - 1))
    done
  done
}

trap stop_all EXIT
trap 'exit 130' INT TERM HUP
start_servers
warm_up

normal_success
timeout_then_retry
rate_limit_then_failover
errors_open_the_circuit
circuit_recovers
validation_fails_fast
stream_cut_in_the_middle
message_goes_on_at_another_format
provider_dies_under_load
budget_refuses_at_the_right_cent
revoked_key_ends_its_stream

echo
if [ "$scenarios_failed" -gt 0 ]; then
  echo "${red}$scenarios_failed of $scenario_number scenarios did not behave.$plain"
  exit 1
fi
echo "${green}All $scenario_number scenarios behaved.$plain"
