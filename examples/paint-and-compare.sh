#!/bin/sh
# Paints a small SALAD, embeds it with every built-in model and writes the report.
set -eu
out=example-out/compare
./semblance paint --out $out/images --instances 3 --size 128
./semblance embed $out/images --pattern '{category}_{style}_{instance}' \
  --model efficientnet-lite0,gif-compression,png-filesize,style-blind,category-blind,balanced --out $out/tables
./semblance salad $out/tables --covariance pca:50 --out $out/report
