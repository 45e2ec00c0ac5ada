# shellcheck shell=bash
# programs.sh, to be sourced with $root: sets JAVA_HOME, and says where the jars are. In a checkout they
# are built when they are missing or old, which takes a JDK. An installed release has them in jars/, and
# with luck its own runtime/; any Java runtime will do.

if [ -d "$root/jars" ]; then
  # shellcheck disable=SC2034 # for find-jdk.sh
  java_tool=java
  [ ! -x "$root/runtime/bin/java" ] || JAVA_HOME=$root/runtime
fi
. "$root/scripts/find-jdk.sh"

# jar_of PROGRAM: prints the path of the jar of gateway or mock-provider.
jar_of() {
  if [ -d "$root/jars" ]; then
    echo "$root/jars/$1.jar"
  else
    "$root/scripts/build.sh" "$1"
  fi
}
