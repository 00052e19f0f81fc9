package io.semblance.extract.hub;

import java.net.URI;
import java.nio.file.Path;

/// A file to be downloaded.
///
/// @param address where it is
/// @param target the file it becomes; nothing is there yet
/// @param bytes its length, or -1 where that is not known
/// @param sha256 of its content in 64 hexadecimal digits, or null where that is not known; then
///   what the hub says of it is used, if it says anything
public record Wanted(URI address, Path target, long bytes, String sha256) {}
