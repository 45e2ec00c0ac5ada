#!/usr/bin/env bash
# memory.sh: what is resident after the start and after 256 connections, and how it moves in MINUTES of mixed
# load: 1 KB requests with some of 32 KB and 1 MB, and streams. Rates are low, since what grows grows by requests.
. "$(dirname "$0")/common.sh"
. bench/java.sh

MINUTES=${MINUTES:-12}
source_port=$((BENCH_PORT + 10))
more_providers="  - {name: streams, type: openai, base_url: 'http://127.0.0.1:$source_port', api_key: k, models: [streamed]}
circuit_breaker: {threshold: 1000000, minimum_calls: 1000000} # streams end by going away"
start_upstreams
start_on
on=$started
result 'memory, idle' "$(megabytes "$on" VmRSS)" MB
warm_up "$on" "$on_port"
load "$on" "$on_port" 256 10 >/dev/null
result 'memory, 256 connections' "$(megabytes "$on" VmRSS)" MB '<= 150'

# steady BYTES RATE: in the background until the end.
steady() {
  open_load "$on_port" "$1" "$2" $((MINUTES + 1)) 60 >"$folder/steady.$1" &
}

# metric NAME: the sum of its series.
metric() {
  curl -s "http://127.0.0.1:$((on_port + 1))/metrics" | awk -v name="$1" '
    index($1, name) == 1 { sum += $2 } END { printf "%.1f", sum / 1048576 }'
}

# minute: "resident-MB old-generation-MB collections full-collections direct-MB".
minute() {
  "$JAVA_HOME/bin/jstat" -gc "$on" | awk -v resident="$(megabytes "$on" VmRSS)" \
    -v direct="$(metric 'jvm_buffer_pool_used_bytes{pool="direct"}')" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR == 2 { printf "%d %.1f %d %d %s\n", resident, $at["OU"] / 1024, $at["YGC"], $at["FGC"], direct }'
}

steady 1000 200
steady 32000 10
steady 1000000 1
rm -f "$folder"/round.*
for ((at = 0; at < MINUTES; at++)); do
  "${java[@]}" -Xms128m -Xmx128m -Xmn64m -XX:TieredStopAtLevel=1 -cp "$classes" \
    com.langdock.reliability.bench.StreamLoad "$source_port" "$on_port" "$on" 50 20 40 streamed >/dev/null 2>&1 || true
  note minute "$(minute)"
  tail -1 "$folder/round.minute" | awk -v at=$((at + 1)) '{ printf "minute %d: %s MB, old %s MB, %s and %s collections, direct %s MB\n",
    at, $1, $2, $3, $4, $5 }'
done

# slope COLUMN: its growth in MB a minute over the second half, by least squares.
slope() {
  awk -v column="$1" -v skip=$((MINUTES / 2)) 'NR > skip { n++; x += NR; y += $column; xx += NR * NR; xy += NR * $column }
    END { print (n * xy - x * y) / (n * xx - x * x) }' "$folder/round.minute"
}

of="$MINUTES minutes of mixed load"
result "memory, after $of" "$(megabytes "$on" VmRSS)" MB '<= 160'
result "memory, growth in the second half of $of" "$(slope 1)" MB/min
result "old generation, growth in the second half of $of" "$(slope 2)" MB/min
