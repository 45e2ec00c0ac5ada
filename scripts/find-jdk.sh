# shellcheck shell=bash
# find-jdk.sh, to be sourced: sets JAVA_HOME to a JDK 25 or newer, or says what to install. Where
# java_tool=java was set before, a runtime without a compiler will do.
#
# A JAVA_HOME that is new enough is kept. Otherwise the oldest suitable JDK of the usual places
# wins, because 25 is what the project is built with; at last, the one behind `java` on the path.

jdk_minimum=25
java_tool=${java_tool:-javac}

# Prints the major version of the Java in folder $1; fails where it lacks the tool.
jdk_version() {
  [ -n "$1" ] && [ -x "$1/bin/$java_tool" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  if [ -z "$version" ]; then
    version=$("$1/bin/$java_tool" --version 2>&1 | sed -n '1s/^[a-z]* \([0-9]*\).*/\1/p')
  fi
  [ -n "$version" ] && echo "$version"
}

# Prints the home of the `java` on the path: version managers such as asdf or mise put it there.
jdk_on_path() {
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Prints the first folder with the lowest suitable version; fails where there is none.
oldest_suitable_jdk() {
  local folder version best='' best_version=''
  for folder in "$@"; do
    version=$(jdk_version "$folder") || continue
    [ "$version" -ge "$jdk_minimum" ] || continue
    if [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then
      best=$folder
      best_version=$version
    fi
  done
  [ -n "$best" ] && echo "$best"
}

find_jdk() {
  oldest_suitable_jdk "${JAVA_HOME:-}" && return
  oldest_suitable_jdk \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    && return
  oldest_suitable_jdk "$(jdk_on_path)"
}

if JAVA_HOME=$(find_jdk); then
  export JAVA_HOME
else
  [ "$java_tool" = javac ] && jdk_kind=JDK || jdk_kind='Java runtime'
  echo "No $jdk_kind $jdk_minimum or newer found: install one (https://adoptium.net, or" \
    "'brew install openjdk'), or set JAVA_HOME to it." >&2
  return 1
fi
