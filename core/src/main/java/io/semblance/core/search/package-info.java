/// Exact nearest neighbours over embedding tables.
///
/// Queries are `q x d`, tables `n x d`, all row-major float32. Answers are identical for any block
/// size, number of threads and layout of shards.
package io.semblance.core.search;
