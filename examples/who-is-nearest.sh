#!/bin/sh
# Embeds a folder of images, indexes it and finds the images nearest to a query.
set -eu
if [ $# -ne 2 ]; then
  echo "usage: examples/who-is-nearest.sh IMAGES QUERY" >&2
  exit 2
fi
out=example-out/nearest
./semblance embed "$1" --model efficientnet-lite0 --out $out/tables
./semblance index build $out/tables/efficientnet-lite0 --out $out/index
./semblance attribute "$2" --index $out/index --top 5 --out $out/answer
