package io.semblance.core.exchange;

import io.semblance.core.Printable;
import io.semblance.core.Progress;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import io.semblance.core.table.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a table in another format, block by block.
///
/// A target is complete or absent: files are written under a hidden name and moved, a table folder
/// is resumed where an interrupted run of the same source stopped.
public final class Conversion {

  private final TableSource source;
  private final Path target;
  private final Precision precision;
  private final boolean replace;
  private final Progress progress;
  private long infinite;
  private long beyondFloat32;
  private final IdSet ids = new IdSet();
  private long repeated;
  private String firstRepeated;

  /// What was done.
  ///
  /// @param rows n
  /// @param dimension d
  /// @param precision of the written components; null where the format has decimal digits
  /// @param notes sentences on what was lost on the way
  public record Report(long rows, int dimension, Precision precision, List<String> notes) {}

  /// @param source what to write
  /// @param target where; `.csv`, `.npy`, `.safetensors` and `.parquet` name a file, anything else
  ///   a table folder
  /// @param precision of components, or null to keep float16 and make everything else float32
  /// @param replace whether a table folder in that place gives way when the new one is whole; files
  ///   always do
  /// @param progress hears of rows
  public Conversion(
      TableSource source, Path target, Precision precision, boolean replace, Progress progress) {
    this.source = source;
    this.target = target;
    this.precision = chosen(source, target, precision);
    this.replace = replace;
    this.progress = progress;
  }

  private static Precision chosen(TableSource source, Path target, Precision asked) {
    String format = TableFormats.isFileName(target) ? TableFormats.extension(target) : "";
    if (format.equals("csv") || format.equals("parquet")) {
      return Precision.FLOAT32; // neither has halves
    }
    boolean half = source.type() == NumberType.FLOAT16;
    return asked != null ? asked : half ? Precision.FLOAT16 : Precision.FLOAT32;
  }

  /// @return what was done
  /// @throws SemblanceException if the source is damaged or the target cannot be written
  public Report run() throws IOException {
    if (source.size() > Integer.MAX_VALUE) {
      throw new SemblanceException(
          "The table has " + source.size() + " rows: up to 2^31 are converted.");
    }
    switch (TableFormats.isFileName(target) ? TableFormats.extension(target) : "") {
      case "csv" -> CsvTarget.write(this);
      case "npy" -> ArrayTarget.npy(this);
      case "safetensors" -> ArrayTarget.safetensors(this);
      case "parquet" -> ParquetTarget.write(this);
      default -> FolderTarget.write(this);
    }
    return new Report(
        source.size(),
        source.dimension(),
        TableFormats.extension(target).equals("csv") ? null : precision,
        notes());
  }

  TableSource source() {
    return source;
  }

  Path target() {
    return target;
  }

  boolean replace() {
    return replace;
  }

  Precision precision() {
    return precision;
  }

  /// Does something with every block.
  @FunctionalInterface
  interface Work {
    void on(RowBlock block) throws IOException;
  }

  /// Reads the source from a row to the end.
  void each(long from, Work work) throws IOException {
    RowBlock block = RowBlock.of(source);
    long done = from;
    progress.at(done, source.size());
    try (TableSource.RowStream rows = source.rows(from)) {
      while (done < source.size() && rows.read(block)) {
        if (source.mayOverflow()) {
          noteInfinite(block);
        }
        noteRepeated(block);
        work.on(block);
        done += block.size();
        progress.at(done, source.size());
      }
    }
    if (done != source.size()) {
      throw new SemblanceException(
          "The source ended at row %d of %d: it changed while it was read; try again."
              .formatted(done, source.size()));
    }
  }

  /// Counts numbers too large for float16.
  void noteHalves(RowBlock block) {
    int count = block.size() * block.dimension();
    for (int i = 0; i < count; i++) {
      float value = block.vectors()[i];
      // halves round to infinity from 65520 on
      infinite += Math.abs(value) >= 65520 && !Float.isInfinite(value) ? 1 : 0;
    }
  }

  private void noteInfinite(RowBlock block) {
    int count = block.size() * block.dimension();
    for (int i = 0; i < count; i++) {
      beyondFloat32 += Float.isInfinite(block.vectors()[i]) ? 1 : 0;
    }
  }

  // Of an interrupted conversion, the rows of this run are compared.
  private void noteRepeated(RowBlock block) {
    for (int i = 0; i < block.size(); i++) {
      String id = block.row(i).id();
      if (!ids.add(id)) {
        firstRepeated = repeated++ == 0 ? id : firstRepeated;
      }
    }
  }

  private List<String> notes() {
    var out = new ArrayList<String>();
    if (repeated > 0) {
      out.add(
          "%d rows have the id of a row before them (the first is '%s'): only their place tells them apart."
              .formatted(repeated, Printable.of(firstRepeated)));
    }
    if (source.type() == NumberType.FLOAT64) {
      out.add("Numbers of type float64 were rounded to float32.");
    } else if (source.type().widerThanFloat32()) {
      out.add("Whole numbers beyond 2^24 were rounded to float32.");
    }
    boolean wasWider = source.type() != NumberType.FLOAT16 && source.type().bytes() > 1;
    if (precision == Precision.FLOAT16 && wasWider) {
      out.add("Numbers were rounded to float16, about 3 decimal digits.");
    }
    if (beyondFloat32 > 0) {
      out.add(
          "%d numbers became infinite, as they are beyond float32 (3.4e38) or were infinite already."
              .formatted(beyondFloat32));
    }
    if (infinite > 0) {
      out.add(
          "%d numbers are beyond float16 (65504) and became infinite: use --precision float32."
              .formatted(infinite));
    }
    return out;
  }

  /// Refuses a target that is in the way.
  ///
  /// @param target where to write
  /// @throws SemblanceException if something is there
  public static void requireFree(Path target) throws SemblanceException {
    if (Files.exists(target)) {
      throw new SemblanceException(target + " exists: choose another name, or add --overwrite.");
    }
  }
}
