# shellcheck shell=bash disable=SC2154 # demo-servers.sh sets addresses and files
# demo-tools.sh, to be sourced by demo.sh: telling, asking and looking.
#
# What the last request came back with is in $status and $request_id, and in `field` and `header`.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' plain=''
fi
scenario_number=0
scenario_faults=0
scenarios_failed=0
key='' # the client key that requests bring; empty: none

# --- telling

# A label in its column, and the text beside it.
tell() {
  printf '   %s%-9s%s %s\n' "$dim" "$1" "$plain" "$2"
}

# scenario TITLE: begins the next one; the providers are well again.
scenario() {
  scenario_number=$((scenario_number + 1))
  scenario_faults=0
  log_lines_before=$(wc -l <"$gateway_log")
  printf '\n%s%d. %s%s\n\n' "$bold" "$scenario_number" "$1" "$plain"
  post "$openai_url/config/failures" '{}' >/dev/null
  post "$anthropic_url/config/failures" '{}' >/dev/null
  post "$gemini_url/config/failures" '{}' >/dev/null
  key=''
}

# shown TEXT: ends a scenario with what it has shown, or with the fact that it has not.
shown() {
  if [ "$scenario_faults" -eq 0 ]; then
    printf '\n   %s✓ %s%s\n' "$green" "$1" "$plain"
  else
    printf '\n   %s✗ not shown: %s%s\n' "$red" "$1" "$plain"
    scenarios_failed=$((scenarios_failed + 1))
  fi
}

# expect WHAT ACTUAL PATTERN: the whole of ACTUAL has to match the extended regular expression.
expect() {
  local pattern="^($3)\$"
  if ! [[ $2 =~ $pattern ]]; then
    printf '   %s✗ %s is "%s", expected: %s%s\n' "$red" "$1" "$2" "$3" "$plain"
    scenario_faults=$((scenario_faults + 1))
  fi
}

# --- asking

# post URL JSON [CURL OPTIONS]: with the scenario's client key, where it has one.
post() {
  local url=$1 json=$2
  shift 2
  curl --noproxy '*' -sS --max-time 20 -H 'content-type: application/json' \
    ${key:+-H "authorization: Bearer $key"} -d "$json" "$@" "$url"
}

# manage METHOD PATH [JSON]: a call of the management API, whose answer is printed.
manage() {
  curl --noproxy '*' -sS --max-time 20 -X "$1" -H "authorization: Bearer $admin_token" \
    -H 'content-type: application/json' ${3:+-d "$3"} "$management_url$2"
}

# make_key JSON: makes a client key that the scenario's requests bring from now on; $key_id names it.
make_key() {
  local answer
  tell operator "POST /api/keys  $1"
  answer=$(manage POST /api/keys "$1")
  key=$(member key <<<"$answer")
  key_id=$(member id <<<"$answer")
}

# ask JSON: sends a chat request to the gateway and shows it.
ask() {
  tell sent "POST /v1/chat/completions  $1"
  ask_quietly "$1"
}

ask_quietly() {
  : >"$folder/headers"
  : >"$folder/body"
  status=$(post "$gateway_url/v1/chat/completions" "$1" \
    -D "$folder/headers" -o "$folder/body" -w '%{http_code}') || true
  request_id=$(header x-request-id)
}

# ask_stream JSON [PATH TEXT]: the same for a stream, whose text is shown as it arrives, comments in
# brackets. PATH is another API, and TEXT its name of the text in an event.
ask_stream() {
  local path=${2:-/v1/chat/completions} text=${3:-content}
  tell sent "POST $path  $1"
  : >"$folder/headers"
  printf '   %s%-9s%s ' "$dim" streamed "$plain"
  post "$gateway_url$path" "$1" -N -D "$folder/headers" | tee "$folder/body" |
    while IFS= read -r line; do
      case $line in
        'data: {'*) printf '%s' "$(member "$text" <<<"$line")" ;;
        ': '*) printf '%s[%s]%s' "$dim" "${line#: }" "$plain" ;;
      esac
    done
  printf '\n'
  status=$(sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$folder/headers")
  request_id=$(header x-request-id)
}

# stream_text [TEXT]: the text of the last stream.
stream_text() {
  local text=${1:-content}
  grep '^data: {' "$folder/body" | while IFS= read -r line; do
    printf '%s' "$(member "$text" <<<"$line")"
  done
}

# stream_values NAME: the different values of that name in the last stream's chunks, in order.
stream_values() {
  grep '^data: {' "$folder/body" | while IFS= read -r line; do
    member "$1" <<<"$line"
  done | uniq | paste -sd ' ' -
}

# fail_with JSON [PROVIDER]: how a simulated provider, openai if none is named, behaves from now on.
fail_with() {
  local provider=${2:-openai}
  local url=${provider}_url
  tell "$provider" "POST /config/failures  $1"
  post "${!url}/config/failures" "$1" >/dev/null
}

# requests_seen URL: how many requests the simulated provider there has had so far.
requests_seen() {
  curl --noproxy '*' -sS "$1/stats" | member total
}

# --- looking

# member NAME: prints the first value of that name in the JSON on standard input, if it is a text
# (then without quotes), a number or a word.
member() {
  grep -oE "\"$1\" *: *(\"([^\"\\]|\\\\.)*\"|[^][{},]*)" |
    sed -n '1{s/^"[^"]*" *: *//;s/^"//;s/"$//;p;}'
}

field() {
  member "$1" <"$folder/body"
}

# header NAME, in lower case.
header() {
  tr -d '\r' <"$folder/headers" |
    awk -v name="$1:" 'tolower($1) == name { sub(/^[^:]*: */, ""); print }'
}

# Shows the answer to the last request; fields it does not have are left out.
show_answer() {
  local name value line="$status"
  for name in provider model attempts code param message content; do
    value=$(field "$name" || true)
    [ -z "$value" ] || [ "$value" = null ] || line="$line  $name=$value"
  done
  tell got "$line"
  show_trail
}

show_trail() {
  local trail
  trail=$(header x-attempt-trail)
  [ -z "$trail" ] || tell '' "X-Attempt-Trail: $trail"
}

# The gateway's log of this scenario: the last request's lines, and what the circuits did.
scenario_log() {
  tail -n "+$((log_lines_before + 1))" "$gateway_log" |
    awk -v id="\"$request_id\"" 'index($0, id) || /"event" *: *"circuit_/'
}

# logged EVENT: its last line in the scenario's log; waits a little, because logs are written aside.
logged() {
  local line tries=20
  until line=$(scenario_log | grep -E "\"event\" *: *\"$1\""); do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
  tail -n 1 <<<"$line"
}

expect_logged() {
  expect "the log's event" "$(logged "$1" >/dev/null && echo "$1" || echo "none")" "$1"
}

# Shows the scenario's log for people: time, event, and the members that say why.
show_log() {
  scenario_log | awk -v label=log -v dim="$dim" -v plain="$plain" '
    function member(name,   value) {
      if (!match($0, "\"" name "\" *: *(\"[^\"]*\"|[^,}]*)")) return ""
      value = substr($0, RSTART, RLENGTH)
      sub(/^"[^"]*" *: */, "", value)
      gsub(/"/, "", value)
      return value == "null" ? "" : value
    }
    {
      why = ""
      for (i = 1; i <= count; i++) {
        value = member(names[i])
        if (value != "") why = why "  " names[i] "=" value
      }
      printf "   %s%-9s %s%s %-18s%s\n", dim, label, substr(member("ts"), 12, 12), plain,
          member("event"), why
      label = ""
    }
    BEGIN {
      shown = "attempt_number provider model status error state wait_ms latency_ms"
      count = split(shown, names, " ")
    }'
}
