package io.semblance.core.search;

/// One row found for a query.
///
/// @param table which of the searched tables, from 0
/// @param row which of its rows, from 0
/// @param score in the unit and range of the search's [Metric]
public record SearchHit(int table, int row, double score) {}
