#!/usr/bin/env bash
# formats.sh: what a request costs from each client API to each provider format, against chat to OpenAI.
. "$(dirname "$0")/common.sh"

more_providers="  - {name: gemini, base_url: 'http://127.0.0.1:$upstream_port/v1beta', api_key: k, models: [gemini-2.5-flash]}
  - {name: responses, type: openai, base_url: 'http://127.0.0.1:$upstream_port/v1', api_key: k, formats: [responses], models: [gpt-4.1-mini]}"
start_upstreams
start_on
on=$started
warm_up "$on" "$on_port"

# pair PATH MODEL SECONDS: a load of that client API on a model of that format.
pair() {
  path=$1
  input=messages
  [ "$1" != /v1/responses ] || input=input
  load "$on" "$on_port" 32 "$3" "$2"
}

# every SECONDS: all pairs, one after another.
every() {
  note chat.openai "$(pair /v1/chat/completions gpt-4.1 "$1")"
  note chat.anthropic "$(pair /v1/chat/completions claude-3-opus "$1")"
  note chat.gemini "$(pair /v1/chat/completions gemini-2.5-flash "$1")"
  note messages.anthropic "$(pair /v1/messages claude-3-opus "$1")"
  note messages.openai "$(pair /v1/messages gpt-4.1 "$1")"
  note responses.responses "$(pair /v1/responses gpt-4.1-mini "$1")"
  note responses.openai "$(pair /v1/responses gpt-4.1 "$1")"
  note messages.gemini "$(pair /v1/messages gemini-2.5-flash "$1")"
}

every "$((WARM / 4))" # warm-up: each pair has code of its own
rm -f "$folder"/round.*
for ((round = 0; round < ROUNDS; round++)); do
  every 5
done
result 'CPU per request, chat to OpenAI' "$(median chat.openai)" us
result 'CPU per request, messages to Anthropic, to that' "$(ratio messages.anthropic 1 chat.openai 1)" x '<= 1.1'
result 'CPU per request, responses to Responses, to that' "$(ratio responses.responses 1 chat.openai 1)" x '<= 1.1'
result 'CPU per request, responses to OpenAI, to that' "$(ratio responses.openai 1 chat.openai 1)" x
result 'CPU per request, chat to Gemini, to that' "$(ratio chat.gemini 1 chat.openai 1)" x '<= 1.3'
result 'CPU per request, chat to Anthropic, to that' "$(ratio chat.anthropic 1 chat.openai 1)" x
result 'CPU per request, messages to OpenAI, to that' "$(ratio messages.openai 1 chat.openai 1)" x
result 'CPU per request, messages to Gemini, to that' "$(ratio messages.gemini 1 chat.openai 1)" x
