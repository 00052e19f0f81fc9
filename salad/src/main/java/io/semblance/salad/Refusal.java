package io.semblance.salad;

/// A table that was not measured, and why. The others were.
///
/// @param name the model's id
/// @param reason a sentence with the next step
public record Refusal(String name, String reason) {}
