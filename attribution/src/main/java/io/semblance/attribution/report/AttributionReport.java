package io.semblance.attribution.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.semblance.attribution.Attribution;
import io.semblance.attribution.AttributionDocument;
import io.semblance.attribution.Ranking;
import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes an answer into a folder: `attributions.json` (see [AttributionDocument]), `hits.csv`, and
/// `report.html`, which holds its thumbnails and needs no other file and no network. Where a query
/// is nearly an image of the index, `copies.svg` shows the drop of the scores.
public final class AttributionReport {

  /// The most that thumbnails may take on a page, in characters.
  private static final long THUMBNAILS = 24L << 20;

  private AttributionReport() {}

  /// @param answer what was found
  /// @param program name and version of the program
  /// @param out the folder; made if missing, its files replaced
  /// @throws SemblanceException if a file cannot be written; a source image that cannot be read is
  ///   no failure, but a grey tile and a sentence on the page
  public static void write(Attribution answer, String program, Path out) throws IOException {
    Json.write(AttributionDocument.of(answer, program), out.resolve("attributions.json"));
    writeHits(answer, out.resolve("hits.csv"));
    String page = new AttributionPage(new Thumbnails(THUMBNAILS)).of(answer, program);
    AtomicFile.write(out.resolve("report.html"), page);
    Path copies = out.resolve("copies.svg");
    var figure = CopyFigure.of(answer);
    if (figure.isPresent()) {
      AtomicFile.write(copies, figure.get().svg());
    } else {
      Files.deleteIfExists(copies);
    }
  }

  /// One line a hit, in RFC 4180, UTF-8.
  private static void writeHits(Attribution answer, Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CsvWriter csv = CsvWriter.builder().build(writer);
          csv.writeRecord("query", "rank", "id", "cosine");
          for (Ranking ranking : answer.rankings()) {
            for (Ranking.Hit hit : ranking.hits()) {
              csv.writeRecord(
                  ranking.query().id(),
                  Integer.toString(hit.rank()),
                  hit.image().id(),
                  Double.toString(hit.score()));
            }
          }
          csv.flush();
          writer.flush();
        });
  }
}
