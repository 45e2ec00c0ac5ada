#!/usr/bin/env bash
# paired.sh COMMIT: CPU and allocation per request of this checkout against those of COMMIT, in alternating
# rounds of one run. Every change of the way of a request ends with it.
. "$(dirname "$0")/common.sh"

commit=${1:?the commit to compare with}
base=$PWD/target/base
[ -d "$base" ] || git worktree add --force --detach "$base" "$commit" >/dev/null
git -C "$base" checkout --quiet --detach "$commit"

# allocated PROCESS: KB allocated so far, in whole young generations.
allocated() {
  "$JAVA_HOME/bin/jstat" -gc "$1" | awk 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR == 2 { print int($at["YGC"] * $at["EC"] + $at["EU"]) }'
}

# measured PROCESS PORT: "us-per-request KB-per-request"
measured() {
  local before=$(allocated "$1") line
  line=$(load "$1" "$2" "$connections" "$seconds")
  awk -v us="${line%% *}" -v rate="$(cut -d' ' -f2 <<<"$line")" -v seconds="$seconds" \
    -v kilobytes=$(($(allocated "$1") - before)) \
    'BEGIN { printf "%.1f %.2f\n", us, kilobytes / (rate * seconds) }'
}

seconds=5
start_upstreams
start_on
new=$started
root=$PWD
cd "$base"
start_on base "$off_port"
old=$started
cd "$root"
warm_up "$new" "$on_port"
warm_up "$old" "$off_port"
for connections in ${CONNECTIONS:-32 256}; do
  rm -f "$folder"/round.*
  for ((round = 0; round < ROUNDS; round++)); do
    note new "$(measured "$new" "$on_port")"
    note old "$(measured "$old" "$off_port")"
  done
  of="$connections connections"
  result "CPU per request, $of, before" "$(median old)" us
  result "CPU per request, $of, now" "$(median new)" us
  result "CPU per request, $of, now to before" "$(ratio new 1 old 1)" x
  result "allocated per request, $of, before" "$(median old 2)" KB
  result "allocated per request, $of, now" "$(median new 2)" KB
  result "allocated per request, $of, now to before" "$(ratio new 2 old 2)" x
done
