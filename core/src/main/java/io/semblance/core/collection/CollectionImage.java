package io.semblance.core.collection;

import java.nio.file.Path;

/// One image of a collection.
///
/// @param id stable name: the path below the collection's root with `/` between folders
/// @param path where the file lies
/// @param labels category, style, instance where known
public record CollectionImage(String id, Path path, Labels labels) {}
