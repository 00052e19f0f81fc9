package io.semblance.salad;

import java.util.List;

/// What the benchmark says of a set of tables.
///
/// @param options what was computed
/// @param axes categories and styles over all tables
/// @param models one for each table measured, in the order given
/// @param refusals one for each table that was not
/// @param verdict the best of the computational models in each cell
/// @param comparison models against each other
/// @param notes sentences about the tables together
public record SaladResult(
    SaladOptions options,
    SaladAxes axes,
    List<ModelResult> models,
    List<Refusal> refusals,
    RecognitionVerdict verdict,
    ModelComparison comparison,
    List<String> notes) {}
