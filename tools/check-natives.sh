#!/bin/sh
# Checks that the natives of every supported system resolve, one system at a time. Downloads about 500 MB the first time.
set -eu
cd "$(dirname "$0")/.."
for platform in linux-x86_64 macosx-arm64 macosx-x86_64 windows-x86_64; do
  echo "== $platform"
  mvn -B -q -pl core,extract -am -Dnative.platform=$platform -Dchecks.skip=true compile dependency:resolve
  mvn -B -pl core,extract -am -Dnative.platform=$platform -Dchecks.skip=true compile dependency:list \
    | grep -oE '(linux|macosx|windows)-(x86_64|arm64):[^:]*' | sort -u
done
