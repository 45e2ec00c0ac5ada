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
collector_options=(-XX:+UseSerialGC -XX:SurvivorRatio=4)
heap_sizes=(-Xms64m -Xmx512m -Xmn24m) # where no container limits memory

# memory_limit: the megabytes that this container may use; nothing where there is no limit.
memory_limit() {
  local group file limit
  group=$(sed -n 's/^\(0:\|[0-9]*:memory\):\(.*\)/\2/p' /proc/self/cgroup 2>/dev/null | head -n 1)
  for file in "/sys/fs/cgroup$group/memory.max" /sys/fs/cgroup/memory.max \
    "/sys/fs/cgroup/memory$group/memory.limit_in_bytes" /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [ -r "$file" ] && read -r limit <"$file" && [[ $limit =~ ^[0-9]+$ ]] && [ ${#limit} -lt 16 ]; then
      echo $((limit / 1024 / 1024))
      return
    fi
  done
}

# sizes_within MEGABYTES: heap sizes for a container of so much memory. Code, classes and threads need
# about 96 MB. The rest is shared by the heap and by buffers outside it, which Java limits to as much again.
sizes_within() {
  local heap=$((($1 - 96) / 2))
  heap=$((heap < 48 ? 48 : heap > 4096 ? 4096 : heap))
  echo "-Xms$((heap < 64 ? heap : 64))m -Xmx${heap}m -Xmn$((heap < 96 ? 16 : 24))m"
}

# cache_of JAR: where the start cache of that jar is, for this JDK and these options.
cache_of() {
  local sum
  sum=$({
    echo "${java_options[@]}" "${collector_options[@]}"
    cat "$JAVA_HOME/release" 2>/dev/null || true
  } | cksum)
  echo "${1%/*}/start-${sum%% *}.aot"
}
