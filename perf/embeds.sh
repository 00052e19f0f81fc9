#!/bin/sh
# Times embedding of JPEG files against onnxruntime in Python: exports the models if they are not there, then runs Embeds.
#   perf/embeds.sh PHOTOS MODELS PYTHON [RUNS [COUNT]]
# Run it in the repository after 'mvn -B -q -DskipTests package', on a machine that does nothing else; SEMBLANCE_JAVA_HOME or
# the java of the PATH is a JDK 25.
set -eu
photos=$1 models=$2 python=$3 runs=${4:-5} count=${5:-200}
vit=$models/vit-b-16 lite=$models/efficientnet-lite0
if [ ! -f "$vit/model.int8.json" ]; then
  "$python" tools/export/export_model.py timm:vit_base_patch16_224 --random-weights --torchscript --id vit-b-16-random --out "$vit"
  "$python" tools/export/quantize_model.py "$vit/model.onnx"
fi
if [ ! -f "$lite/model.int8.json" ]; then
  mkdir -p "$lite"
  cp extract/src/main/resources/io/semblance/extract/models/efficientnet-lite0/model.* "$lite/"
  sed -i.bak 's/"id": "efficientnet-lite0"/"id": "efficientnet-lite0-file"/' "$lite/model.json"
  "$python" tools/export/quantize_model.py "$lite/model.onnx" --images "$photos" --count 60
fi
java=${SEMBLANCE_JAVA_HOME:+$SEMBLANCE_JAVA_HOME/bin/}java
exec "$java" --enable-native-access=ALL-UNNAMED -cp 'perf/target/classes:app/target/semblance/lib/*' \
  io.semblance.perf.Embeds "$runs" "$photos" "$count" "$models" "$python"
