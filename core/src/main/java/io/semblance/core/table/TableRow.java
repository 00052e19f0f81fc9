package io.semblance.core.table;

import io.semblance.core.collection.Labels;

/// What a table says of one row beside its vector.
///
/// @param id the image's id in its collection
/// @param labels category, style, instance where known
/// @param sha256 hash of the image file, or null where unknown
public record TableRow(String id, Labels labels, String sha256) {}
