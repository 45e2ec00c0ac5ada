# shellcheck shell=bash
# gateway-java.sh, to be sourced after find-jdk.sh: the options of the gateway's JVM, and the cache that
# fits them. bin/gateway and scripts/start-cache.sh share it, since a cache fits the options it was
# made with.

java_options=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:+UseCompactObjectHeaders
  -XX:+ExitOnOutOfMemoryError # a supervisor starts it anew; half a gateway would answer nobody
  -Dvertx.disableMetrics=true
  -Dvertx.disableTCCL=true
  -Dvertx.disableContextTimings=true
  -Dvertx.disableWebsockets=true
  -Dio.netty.leakDetection.level=disabled
  -Dio.netty.allocator.type=pooled
  -Dio.netty.jfr.enabled=false
  -Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider
  -Dslf4j.internal.verbosity=WARN
)
heap_options=(-Xms64m -Xmx512m -Xmn24m -XX:SurvivorRatio=4 -XX:+UseSerialGC)

# cache_of JAR: where the start cache of that jar is, for this JDK and these options.
cache_of() {
  local sum
  sum=$({
    echo "${java_options[@]}" "${heap_options[@]}"
    cat "$JAVA_HOME/release" 2>/dev/null || true
  } | cksum)
  echo "${1%/*}/start-${sum%% *}.aot"
}
