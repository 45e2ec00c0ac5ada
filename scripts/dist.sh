#!/usr/bin/env bash
# dist.sh: writes the release archives to target/dist: langdock-gateway-VERSION.tar.gz for any Java
# runtime 25, and langdock-gateway-VERSION-SYSTEM.tar.gz that brings its own, and a start cache for it.
#
# The first is the same to the last bit wherever it is built from the same sources. In the second only
# the start cache differs from build to build: it records which code was hot in one short run.
# DIST_RUNTIME=no leaves it out.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh

# What the libraries use, and what they look for at run time: name servers, archives as file systems,
# elliptic curves.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql
modules=$modules,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns
modules=$modules,jdk.unsupported,jdk.zipfs

version=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)
built_at=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
name=langdock-gateway-$version
system=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
target=$PWD/target/dist
home=$target/$name

# one_time FOLDER: gives all files the time of the release, which the start cache remembers of the jars.
one_time() {
  find "$1" -exec touch --no-dereference --date="$built_at" {} +
}

# pack FOLDER ARCHIVE: with sorted names and no owners.
pack() {
  tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u+w,go-w,a+rX --mtime="$built_at" \
    --format=posix --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \
    -C "${1%/*}" -cf - "${1##*/}" | gzip -9 -n >"$2.part"
  mv "$2.part" "$2"
  echo "$2"
}

copy_files() {
  mkdir -p "$home/bin" "$home/scripts" "$home/jars/lib" "$home/config"
  cp bin/gateway bin/mock-provider "$home/bin"
  cp scripts/run.sh "$home/bin/try-it"
  cp scripts/programs.sh scripts/find-jdk.sh scripts/gateway-java.sh scripts/servers.sh \
    scripts/start-cache.sh "$home/scripts"
  cp "gateway/target/gateway-$version.jar" "$home/jars/gateway.jar"
  cp "mock-provider/target/mock-provider-$version.jar" "$home/jars/mock-provider.jar"
  cp gateway/target/lib/*.jar "$home/jars/lib"
  cp mock-provider/target/lib/*.jar "$home/jars/lib" # most of them the same
  cp config/*.yaml "$home/config"
  cp -R docs monitoring deploy README.md CHANGELOG.md SECURITY.md LICENSE "$home"
  cp gateway/target/sbom.json gateway/target/THIRD-PARTY.txt "$home"
}

add_runtime() {
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages \
    --compress=zip-6 --output "$home/runtime"
  one_time "$home"
  JAVA_HOME=$home/runtime "$home/scripts/start-cache.sh" "$home/jars/gateway.jar" \
    "$home/jars/mock-provider.jar"
  [ -n "$(find "$home/jars" -name 'start-*.aot' -size +0)" ]
}

rm -rf "$target"
mkdir -p "$target"
scripts/build.sh mock-provider >/dev/null
scripts/sbom.sh >/dev/null
copy_files
one_time "$home"
pack "$home" "$target/$name.tar.gz"
if [ "${DIST_RUNTIME:-yes}" = yes ]; then
  add_runtime
  pack "$home" "$target/$name-$system.tar.gz"
fi
(cd "$target" && sha256sum ./*.tar.gz >SHA256SUMS)
