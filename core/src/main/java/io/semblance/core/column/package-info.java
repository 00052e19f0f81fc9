/// Columns of many short values, packed: a million ids or hashes take tens of megabytes instead of
/// hundreds.
///
/// A column is a list that makes its values when they are asked for. Columns are filled by a
/// builder, do not change afterwards and are safe for use by several threads.
package io.semblance.core.column;
