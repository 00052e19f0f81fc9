/// Compression ensembles: an image described by how well many transformed versions of it compress.
/// Source: Karjus, Canet Sola, Ohm, Ahnert, Schich, "Compression ensembles quantify aesthetic
/// complexity and the evolution of visual art", EPJ Data Science 12:21 (2023).
///
/// A [io.semblance.extract.ensemble.Raster] is pixels on the heap, a `Mat` pixels in native memory:
/// 8 bits, rows from the top, channels interleaved, colour in the order red, green, blue. A `Mat`
/// lives until the `PointerScope` it was made in closes; methods that return a raster open one of
/// their own and leave nothing behind.
package io.semblance.extract.ensemble;
