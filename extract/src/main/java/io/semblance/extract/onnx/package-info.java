/// Neural extractors: an ONNX graph, and a card in JSON that says how to feed it.
package io.semblance.extract.onnx;
