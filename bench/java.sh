# shellcheck shell=bash
# java.sh, to be sourced after common.sh by the parts that use the loads of the bench module.
scripts/build.sh gateway >/dev/null
scripts/mvn.sh --quiet compile -pl bench -am -Dspotless.check.skip -Dcheckstyle.skip
classes="bench/target/classes:gateway/target/classes:gateway/target/lib/*"
# shellcheck disable=SC2154 # the sourcing script has it
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Xms640m -Xmx640m -Xmn512m -XX:+AlwaysPreTouch -XX:+UseSerialGC) # no pause, no new page in a load

# upstream_first: the upstream goes before what else runs on core 1, as the open load does; only where
# that is allowed.
upstream_first() {
  chrt -r -p 1 "$(pgrep -P "$(cat "$folder/upstream.pid")")" 2>/dev/null || true
}

# open_load PORT BYTES RATE WINDOWS SECONDS [COLD]: "ready" when it is warm, then for each window
# "p50-ms p99-ms highest-ms failed answers own-p99-ms". COLD is 1 where the target's first second counts.
# It warms up with the proxy, on both cores, and then binds itself to core 1.
open_load() {
  "${java[@]}" -XX:TieredStopAtLevel=1 -cp "$classes" com.langdock.reliability.bench.OpenLoad "$proxy_port" "$1" "$2" \
    "$3" "$4" "$5" "${6:-0}" |
    grep --line-buffered -E '^(ready|[0-9.]+ [0-9.]+ .*)$' # and no lines of a log
}

# windows FILE: the lines of an open load whose answers were all good.
windows() {
  grep -v ready "$1" | awk '
    $4 > 0 { print "bench: " $4 " requests failed" >"/dev/stderr"; failed = 1 }
    { print }
    END { exit failed }'
}
