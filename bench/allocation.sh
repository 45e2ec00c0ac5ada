#!/usr/bin/env bash
# allocation.sh [--record]: counts the bytes that the gateway allocates for a chat request, and fails
# where they are 3 % more than those in allocation.txt; --record writes them there. Uses what is built.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
. scripts/gateway-java.sh

if [ "$(uname)" != Linux ]; then
  echo "bytes allocated per request: not counted, since the benchmark's servers need epoll"
  exit 0
fi
recorded_in=bench/allocation.txt
warm_up=2000
counted=$("$JAVA_HOME/bin/java" "${java_options[@]}" "${collector_options[@]}" "${heap_sizes[@]}" \
  -XX:TieredStopAtLevel=1 -XX:ActiveProcessorCount=1 \
  -cp "bench/target/classes:core/target/classes:json/target/classes:config-yaml/target/classes:gateway/target/classes:gateway/target/lib/*" \
  com.langdock.reliability.bench.AllocatedBytes "$warm_up")
now=${counted##*all }
if [ "${1:-}" = --record ]; then
  sed -i "s/^[0-9]*\$/$now/" "$recorded_in"
fi
recorded=$(grep -v '^#' "$recorded_in")
awk -v parts="$(tr '\n' ' ' <<<"$counted")" -v now="$now" -v recorded="$recorded" 'BEGIN {
  printf "bytes allocated per request: %s(recorded: %d)\n", parts, recorded
  if (now > recorded * 1.03) {
    print "allocation.sh: 3 % more than recorded; bench/allocation.txt says how to record them" >"/dev/stderr"
    exit 1
  }
  if (now < recorded * 0.97) print "3 % less than recorded: bench/allocation.sh --record keeps that"
}'
