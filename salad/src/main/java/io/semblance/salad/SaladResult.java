package io.semblance.salad;

import java.util.List;

/// What the benchmark says of a set of tables.
///
/// @param options what was computed
/// @param axes categories and styles over all tables
/// @param images ids of the images in each cell, by instance
/// @param replicates resamples behind every interval; 0 if there are no intervals
/// @param models one for each table measured, in the order given
/// @param refusals one for each table that was not
/// @param verdict the best of the computational models in each cell
/// @param comparison models against each other
/// @param tests every two models against each other
/// @param notes sentences about the tables together
public record SaladResult(
    SaladOptions options,
    SaladAxes axes,
    List<List<String>> images,
    int replicates,
    List<ModelResult> models,
    List<Refusal> refusals,
    RecognitionVerdict verdict,
    ModelComparison comparison,
    List<PairedTest> tests,
    List<String> notes) {}
