package io.semblance.attribution;

import io.semblance.core.table.TableRow;
import java.nio.file.Path;

/// One image of an index.
///
/// @param id its name in the index: the table's id, after `<source>/` if the index has several
///   tables, since two tables may hold the same id
/// @param source name of its table in the index
/// @param row what the table says of it
/// @param file where the image lay when it was embedded, or null where unknown
public record IndexedImage(String id, String source, TableRow row, Path file) {}
