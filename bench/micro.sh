#!/usr/bin/env bash
# micro.sh [PATTERN]: what each part of a request's way costs, in time and allocation; README.md beside it
# explains. About four minutes for all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh

scripts/build.sh gateway >/dev/null
scripts/mvn.sh --quiet compile -pl bench -am -Dspotless.check.skip \
  -Dcheckstyle.skip >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "bench/target/classes:gateway/target/classes:gateway/target/lib/*:bench/target/lib/*" \
  org.openjdk.jmh.Main "${1:-bench.part}" -f 1 -wi 3 -w 2 -i 5 -r 2 -bm avgt -tu us -prof gc \
  -jvmArgs '-Xms512m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders' -rf csv \
  -rff "$folder/results.csv" >"$folder/log" || {
  tail -n 30 "$folder/log" >&2
  exit 1
}
awk -F, '
  function plain(text) { gsub(/"/, "", text); return text }
  function name(  part) {
    part = plain($1)
    sub(/:.*/, "", part)
    sub(/.*\.part\./, "", part)
    return part (plain($8) == "" ? "" : " " plain($8))
  }
  NR == 1 { printf "%-36s %10s %10s %12s\n", "part", "us", "+-", "bytes"; next }
  plain($1) !~ /:/ { order[++parts] = name(); us[name()] = $5; error[name()] = $6 }
  plain($1) ~ /alloc.rate.norm$/ { bytes[name()] = $5 }
  END {
    for (i = 1; i <= parts; i++)
      printf "%-36s %10.2f %10.2f %12.0f\n", order[i], us[order[i]], error[order[i]], bytes[order[i]]
  }' "$folder/results.csv"
