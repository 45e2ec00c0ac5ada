#!/usr/bin/env bash
# run.sh: the benchmark, or the PARTS of it that are asked for; a table, and JSON in bench/results.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh

PARTS=${PARTS:-"budget closed traces formats bodies keys start open streams peers"}
mkdir -p bench/results
name="bench/results/$(date -u +%Y%m%dT%H%M%SZ)"
export RESULTS="$name.tsv"
: >"$RESULTS"
scripts/build.sh gateway >/dev/null
status=0
for part in $PARTS; do
  echo "--- $part"
  "bench/$part.sh" || status=1
done

machine="$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r)"
awk -F'\t' -v date="$(date -u +%FT%TZ)" -v machine="$machine" -v commit="$(git rev-parse --short HEAD 2>/dev/null || echo none)" \
  -v java="$("$JAVA_HOME/bin/java" -version 2>&1 | head -1 | tr -d '"')" \
  -v nginx="$(PATH="$PATH:/usr/sbin" nginx -v 2>&1 | sed 's/.*: //')" '
  BEGIN {
    printf "{\"date\":\"%s\",\"machine\":\"%s\",\"java\":\"%s\",\"nginx\":\"%s\",\"commit\":\"%s\",\"results\":[",
      date, machine, java, nginx, commit
  }
  {
    printf "%s\n{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\"", (NR > 1 ? "," : ""), $1, $2, $3
    if ($4) printf ",\"goal\":\"%s\",\"met\":%s", $4, ($5 == "met" ? "true" : "false")
    printf "}"
  }
  END { print "]}" }' "$RESULTS" >"$name.json"

echo "--- goals"
awk -F'\t' '$4 { printf "%-58s %10.4g %-4s %-9s %s\n", $1, $2, $3, $4, $5 }' "$RESULTS"
echo "$name.json"
exit "$status"
