# shellcheck shell=bash
# java.sh, to be sourced after common.sh by the parts that use the loads of the bench module.
scripts/build.sh gateway >/dev/null
scripts/mvn.sh --quiet package -pl bench -am -Dmaven.test.skip -Dspotless.check.skip -Dcheckstyle.skip
classes="bench/target/classes:gateway/target/classes:gateway/target/lib/*"
# shellcheck disable=SC2154 # the sourcing script has it
java=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -Xms256m -Xmx512m -XX:+UseSerialGC)

# open_load PORT BYTES RATE WINDOWS SECONDS: for each window "p50-ms p99-ms highest-ms failed". It warms up
# with the proxy.
open_load() {
  taskset -c 1 "${java[@]}" -cp "$classes" com.langdock.reliability.bench.OpenLoad \
    "$1" "$2" "$3" "$4" "$5" "$proxy_port" | grep -E '^[0-9.]+ [0-9.]+ ' # and no lines of a log
}
