package io.semblance.core.collection;

/// A place of a collection that holds an image, or could hold some, and cannot be looked at.
///
/// @param place path below the collection's root; a folder ends in `/`
/// @param reason one sentence
public record Unlisted(String place, String reason) {}
