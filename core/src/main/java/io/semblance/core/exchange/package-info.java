/// Embedding tables from and to the formats that people have, streamed: any readable format into
/// any writable one, in a fixed amount of memory.
///
/// A [TableSource] gives rows in blocks; [TableFormats] opens one and writes one. What a format
/// cannot hold (labels in a `.npy`) goes into a `.rows.csv` beside it, and is found there again.
package io.semblance.core.exchange;
