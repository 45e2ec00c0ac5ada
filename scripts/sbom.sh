#!/usr/bin/env bash
# sbom.sh: writes what the gateway is made of: gateway/target/sbom.json (CycloneDX) and
# gateway/target/THIRD-PARTY.txt, the licences of its libraries. Fails where one of them lacks a library.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf gateway/target/lib # an earlier build may have left other libraries
scripts/mvn.sh --quiet package -Psbom -pl gateway -am \
  -Dmaven.test.skip -Dspotless.check.skip -Dcheckstyle.skip
sbom=gateway/target/sbom.json notices=gateway/target/THIRD-PARTY.txt
for jar in gateway/target/lib/*.jar; do
  name=$(basename "$jar" .jar)
  name=${name%%-[0-9]*}
  [ ! -d "$name" ] || continue # a module of this project
  grep -q "\"name\" : \"$name\"" "$sbom" || { echo "$sbom lacks $name" >&2; exit 1; }
  grep -q ":$name:" "$notices" || { echo "$notices lacks $name" >&2; exit 1; }
done
echo "$sbom $notices"
