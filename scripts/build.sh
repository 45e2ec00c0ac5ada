#!/usr/bin/env bash
# build.sh MODULE...: builds each module (gateway, mock-provider) whose jar is missing or older than
# its sources, and the gateway's start cache, and prints where the jars are. Tests and format checks
# are left to `make`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
. scripts/gateway-java.sh
root=$PWD
lock=target/build.lock
version=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)

jar_of() {
  echo "$1/target/$1-$version.jar"
}

sources_of() {
  case $1 in
    gateway)
      echo pom.xml core/pom.xml core/src/main json/pom.xml json/src/main config-yaml/pom.xml \
        config-yaml/src/main gateway/pom.xml gateway/src/main
      ;;
    mock-provider) echo pom.xml mock-provider/pom.xml mock-provider/src/main ;;
    *) echo "build.sh: no such program: $1" >&2 && return 1 ;;
  esac
}

# A folder is newer, too, when a file in it was deleted or renamed.
is_stale() {
  local jar sources
  jar=$(jar_of "$1")
  sources=$(sources_of "$1")
  [ -f "$jar" ] && [ -d "$1/target/lib" ] || return 0
  # shellcheck disable=SC2086 # a list of paths without spaces
  [ -n "$(find $sources -newer "$jar")" ]
}

# Whether the gateway is wanted and has no start cache of this jar, JDK and options, and could have one.
lacks_cache() {
  local jar cache
  case " $* " in *' gateway '*) ;; *) return 1 ;; esac
  jar=$(jar_of gateway)
  cache=$(cache_of "$root/$jar")
  [ ! -f "$cache" ] || [ "$jar" -nt "$cache" ] || return 1
  [ ! -d gateway/target ] || [ -w gateway/target ]
}

# Prints the stale modules of the arguments, comma-separated as Maven wants them. The cache is made
# with the mock providers.
stale_modules() {
  local module stale=''
  if lacks_cache "$@"; then
    set -- gateway mock-provider
  fi
  for module in "$@"; do
    if is_stale "$module"; then
      stale="$stale,$module"
    fi
  done
  echo "${stale#,}"
}

# Whether what is missing or old could be built here.
may_build() {
  local module
  mkdir -p target 2>/dev/null && [ -w target ] || return 1
  for module in core json config-yaml "$@"; do
    mkdir -p "$module/target" 2>/dev/null && [ -w "$module/target" ] || return 1
  done
}

# Without the right to build, an older jar is used and a missing one is an error.
use_as_built() {
  local module jar
  for module in "$@"; do
    jar=$(jar_of "$module")
    if [ ! -f "$jar" ]; then
      echo "$root/$jar is missing, and $(id -un) may not write to $root: build as its owner." >&2
      exit 1
    fi
    if is_stale "$module"; then
      echo "$root/$jar is older than its sources, and $(id -un) may not build it: used as it is." >&2
    fi
  done
}

# The lock is a link that names its owner: made in one step, and left over when that is gone.
take_lock() {
  local owner tries=3000
  mkdir -p target
  until ln -s "$$" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock" || echo 0)
    [ "$owner" = 0 ] || kill -0 "$owner" 2>/dev/null || rm -f "$lock"
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      echo "Another build holds $root/$lock; remove that if there is none." >&2
      exit 1
    fi
    sleep 0.2
  done
  trap 'rm -f "$lock" "$lock.$$"' EXIT
}

# The jars get the time at which the build began: a source saved while it ran is newer.
build() {
  local module started="$lock.$$"
  echo "Building ${1//,/ and } ..." >&2
  touch "$started"
  scripts/mvn.sh --quiet package -pl "$1" -am \
    -Dmaven.test.skip -Dspotless.check.skip -Dcheckstyle.skip >&2
  for module in ${1//,/ }; do
    touch -r "$started" "$(jar_of "$module")"
  done
}

for module in "$@"; do
  sources_of "$module" >/dev/null
done
if ! may_build "$@"; then
  use_as_built "$@"
elif [ -n "$(stale_modules "$@")" ] || lacks_cache "$@"; then
  take_lock
  stale=$(stale_modules "$@") # another build may just have done it
  if [ -n "$stale" ]; then
    build "$stale"
  fi
  if lacks_cache "$@"; then
    scripts/start-cache.sh "$root/$(jar_of gateway)" "$root/$(jar_of mock-provider)" || true
  fi
fi
for module in "$@"; do
  echo "$root/$(jar_of "$module")"
done
