#!/usr/bin/env bash
# dist-test.sh: the release archives, used as by somebody who has just unpacked them: another user, no JDK,
# no Maven, a folder that is read-only and has a space in its name, through a link.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/checks.sh
. scripts/servers.sh

folder=$(mktemp -d)
processes=''

# shellcheck disable=SC2317 # called by the trap
end() {
  local process
  for process in $processes; do
    kill -TERM "$process" 2>/dev/null || true
  done
  wait
  chmod -R u+w "$folder"
  rm -rf "$folder"
}
trap end EXIT

# Whether the JDKs of this machine can be hidden: by an empty folder in their place, for one process.
can_hide_java() {
  [ "$(id -u)" -eq 0 ] && unshare --mount true 2>/dev/null
}

# as_user COMMAND...: becomes a user who owns nothing, with the few programs of a bare system, and runs
# it. Callers are shells of their own, so that their process is the command's.
as_user() {
  local hidden=()
  if can_hide_java; then
    hidden=(unshare --mount sh -c '[ ! -d /usr/lib/jvm ] || mount -t tmpfs none /usr/lib/jvm
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"' sh)
  fi
  cd "$folder/work"
  exec env -i PATH="$folder/path" HOME="$folder/work" ${JRE:+JAVA_HOME="$JRE"} "${hidden[@]}" "$@"
}

make_user() {
  local program
  mkdir -p "$folder/some place" "$folder/path" "$folder/work"
  for program in bash env cat cksum sed head tail dirname basename readlink uname awk mktemp rm cp mv curl \
    sleep grep touch kill tr cut id sh setpriv unshare mount; do
    ln -s "$(command -v "$program")" "$folder/path/$program"
  done
  chmod 755 "$folder" && chmod 777 "$folder/work"
}

# unpack ARCHIVE NAME: into a read-only folder, with links NAME and mock-NAME to its programs.
unpack() {
  mkdir "$folder/unpacked"
  tar -xzf "$1" -C "$folder/unpacked"
  mv "$folder/unpacked/"langdock-gateway-* "$folder/some place/gateway $2"
  rmdir "$folder/unpacked"
  chmod -R a-w "$folder/some place/gateway $2"
  ln -s "$folder/some place/gateway $2/bin/gateway" "$folder/work/$2"
  ln -s "$folder/some place/gateway $2/bin/mock-provider" "$folder/work/mock-$2"
}

write_config() {
  cat >"$folder/work/config.yaml" <<YAML
server: {host: 127.0.0.1, port: 0, lame_duck: 0s}
observability: {metrics_port: 0}
providers: [{name: openai, base_url: "http://127.0.0.1:$1", api_key: k, models: [gpt-4]}]
YAML
}

# answers ARCHIVE: whether the gateway and a mock provider of it start, answer a request and stop.
answers() {
  local mock gateway port
  as_user "$folder/work/mock-$1" --openai-port 0 --anthropic-port 0 --gemini-port 0 --bedrock-port 0 \
    --cohere-port 0 >"$folder/work/mock.log" 2>&1 &
  mock=$!
  processes="$processes $mock"
  why="the mock provider did not start: $(tail -n 3 "$folder/work/mock.log" 2>&1)"
  port=$(number_after 'openai +http:..127.0.0.1:' "$folder/work/mock.log") || return 1
  write_config "$port"
  as_user "$folder/work/$1" serve --config config.yaml >"$folder/work/gateway.log" 2>&1 &
  gateway=$!
  processes="$processes $gateway"
  port=$(number_after '"server":"data".*"port":' "$folder/work/gateway.log" 600) || {
    why="the gateway did not start: $(tail -n 3 "$folder/work/gateway.log")"
    return 1
  }
  why="no answer: $(curl --noproxy '*' -s --max-time 10 -H 'content-type: application/json' \
    -d '{"model": "gpt-4", "messages": [{"role": "user", "content": "Hello"}]}' \
    "http://127.0.0.1:$port/v1/chat/completions")"
  [[ $why == *'"provider":"openai"'* ]] || return 1
  stop_server "$gateway"
  stop_server "$mock"
  processes=''
  why="it printed something else than its log: $(grep -v '^{' "$folder/work/gateway.log" | head -n 1)"
  ! grep -q -v '^{' "$folder/work/gateway.log"
}

# Whether the start cache that was packed is the one that a start uses. It fails where it cannot be.
uses_its_cache() {
  why=$(GATEWAY_JAVA_OPTS='' as_user env GATEWAY_JAVA_OPTS='-XX:AOTMode=on' "$folder/work/own" --version 2>&1)
  [[ $why == 'gateway '* ]]
}

says_that_java_is_missing() {
  why=$(JRE='' as_user "$folder/work/any" --version 2>&1) && return 1
  [[ $why == *'Java runtime 25'* ]]
}

# Whether the archive lacks a file that a release must have.
has_files() {
  local file
  for file in LICENSE THIRD-PARTY.txt sbom.json README.md CHANGELOG.md config/production.example.yaml \
    monitoring/alerts.yaml monitoring/grafana-dashboard.json docs/configuration.md bin/try-it; do
    why="$file is missing"
    [ -s "$folder/some place/gateway any/$file" ] || return 1
  done
}

# Whether a build of the same sources in another folder gives the same archive to the last bit.
is_reproducible() {
  local copy=$folder/copy
  mkdir "$copy"
  git ls-files -z | tar --null --files-from=- -cf - | tar -xf - -C "$copy"
  why="the second build failed"
  DIST_RUNTIME=no "$copy/scripts/dist.sh" >"$folder/dist.log" 2>&1 || return 1
  why="another build gives another archive: $(cmp "$any" "$copy/${any#"$PWD"/}" 2>&1)"
  cmp -s "$any" "$copy/${any#"$PWD"/}"
}

scripts/dist.sh >/dev/null
any=$(ls "$PWD"/target/dist/langdock-gateway-*.tar.gz | grep -v -- '-linux-\|-darwin-')
own=$(ls "$PWD"/target/dist/langdock-gateway-*-"$(uname -m)".tar.gz)
runtime=$PWD/target/dist/$(basename "$any" .tar.gz)/runtime
make_user
unpack "$any" any
unpack "$own" own
cp -R "$runtime" "$folder/jre"

check "the archive has what a release needs" has_files
JRE=$folder/jre check "the archive runs with a Java runtime that has no compiler" answers any
if can_hide_java; then
  check "the archive without Java says what to install" says_that_java_is_missing
else
  skip "the archive without Java says what to install" "only root can hide the Java of this machine"
fi
check "the archive with its own runtime needs no Java" answers own
check "the archive with its own runtime uses its start cache" uses_its_cache
check "two builds give the same archive" is_reproducible
report
