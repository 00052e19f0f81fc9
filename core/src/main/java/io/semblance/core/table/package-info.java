/// Embedding tables: `n x d` vectors of one model over one collection, with provenance, in memory
/// and on disk.
///
/// On disk a table is a folder in the layout of clip-retrieval (`img_emb/img_emb_0.npy`,
/// `metadata/metadata_0.parquet`) with our `manifest.json` beside it. Rows of vectors and metadata
/// stand in the same order.
package io.semblance.core.table;
