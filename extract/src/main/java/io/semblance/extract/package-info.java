/// Everything that turns an image into a vector, and the run that turns a collection into a table.
///
/// [io.semblance.extract.Models] finds an [io.semblance.extract.Extractor] by name;
/// [io.semblance.extract.EmbeddingRun] takes a collection through it. `d` is the dimension of a
/// vector; batches of vectors are `n x d`, row-major.
package io.semblance.extract;
