#!/usr/bin/env bash
# keys.sh: 100,000 stored keys in SQLite: time to read them, memory, a lookup, and a change of one.
. "$(dirname "$0")/common.sh"
. bench/java.sh

for ((round = 0; round < ROUNDS; round++)); do
  rm -f "$folder"/keys.db*
  taskset -c 0 "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Xms512m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -cp "$classes" \
    com.langdock.reliability.bench.StoredKeys "$folder/keys.db" 100000 >"$folder/keys"
  read -r seconds megabytes microseconds milliseconds <"$folder/keys"
  note keys.read "$seconds"
  note keys.memory "$megabytes"
  note keys.lookup "$microseconds"
  note keys.change "$milliseconds"
done
result '100,000 stored keys: read' "$(median keys.read)" s '<= 2'
result '100,000 stored keys: memory' "$(median keys.memory)" MB '<= 100'
result '100,000 stored keys: digest and lookup' "$(median keys.lookup)" us '<= 1'
result '100,000 stored keys: a change in force' "$(median keys.change)" ms '<= 0.5' # 20 a second are 1 % of a core
