package io.semblance.attribution;

import java.nio.file.Path;

/// One image whose origin is asked for.
///
/// @param id its name in the answer: a path or an id
/// @param file where it lies, or null where unknown
/// @param sha256 hash of the file, or null where unknown
public record Query(String id, Path file, String sha256) {}
