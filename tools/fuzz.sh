#!/bin/sh
# Damages good files of every format and hands them to the readers: tools/fuzz.sh COUNT [FIRST_SEED], COUNT mutants of each
# image format and of each table file. A find stops its test and names the file and the seed that make the mutant again.
set -eu
if [ $# -lt 1 ]; then
  sed -n '2,3s/^# //p' "$0" >&2
  exit 2
fi
cd "$(dirname "$0")/.."
exec mvn -B -q test -pl core -am -Dchecks.skip=true -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtests.excluded= -Dfuzz.mutants="$1" -Dfuzz.seed="${2:-120}"
