package io.semblance.core.table;

import io.semblance.core.SemblanceException;
import io.semblance.core.collection.CollectionImage;
import io.semblance.core.collection.ImageCollection;
import io.semblance.core.collection.Listing;
import io.semblance.core.column.TextColumn;
import io.semblance.core.file.AtomicFile;
import io.semblance.core.file.Sha256;
import io.semblance.core.table.TableUpdate.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The decisions of [TableUpdate#open], one after another. For one use.
final class UpdateOpening {

  private static final int SAMPLE = 16;

  private final TablePlaces places;
  private final TableWriter.Spec wanted;
  private final ImageCollection collection;
  private final UpdateOptions options;
  private final Consumer<String> say;

  UpdateOpening(
      TablePlaces places,
      TableWriter.Spec wanted,
      ImageCollection collection,
      UpdateOptions options,
      Consumer<String> say) {
    this.places = places;
    this.wanted = wanted;
    this.collection = collection;
    this.options = options;
    this.say = say;
  }

  TableUpdate open() throws IOException {
    places.recover();
    if (options.fresh()) {
      places.startOver();
      return begin(wanted, List.of(), List.of(), Changes.NONE);
    }
    TableManifest finished = finished();
    TableWriter.Spec interrupted = interrupted();
    if (finished != null && interrupted == null && isCurrent(finished)) {
      places.dropSalvaged();
      return TableUpdate.nothingToDo(places, wanted);
    }
    if (finished != null) {
      requireSameCollection(finished);
    }
    TextColumn before = finished == null ? null : ids(places.table());
    List<Integer> gone = before == null ? List.of() : missing(before, ids(collection));
    boolean keep = options.reuse() && !options.prune();
    TableWriter.Spec spec = wanted.withImages(collection.size() + (keep ? gone.size() : 0));
    if (interrupted != null) {
      goOnOrSetAside(interrupted, spec);
    }
    var sources = new ArrayList<Path>();
    if (options.reuse()) {
      if (finished != null) {
        sources.add(places.table());
      }
      sources.addAll(places.salvaged());
    }
    return begin(
        spec,
        sources,
        keep ? gone : List.of(),
        before == null
            ? Changes.NONE
            : new Changes(missing(ids(collection), before).size(), gone.size()));
  }

  private TableUpdate begin(
      TableWriter.Spec spec, List<Path> sources, List<Integer> gone, Changes changes)
      throws IOException {
    KnownRows known = KnownRows.open(sources);
    try {
      PartialTable partial = goOn(spec, gone);
      List<KnownRows.Place> kept = gone.stream().map(r -> new KnownRows.Place(0, r)).toList();
      return new TableUpdate(new TableWriter(places, spec, partial), known, kept, changes);
    } catch (IOException | RuntimeException e) {
      known.close();
      throw e;
    }
  }

  private PartialTable goOn(TableWriter.Spec spec, List<Integer> gone) throws IOException {
    if (PartialTable.spec(places.partial()) != null) {
      return PartialTable.open(places.partial(), spec, null);
    }
    Path listing = Files.createTempFile("semblance-listing-", ".parquet");
    try {
      String behind = gone.isEmpty() ? null : metadata(places.table()).rowsNotIn("listing");
      Listing.write(collection, behind, listing);
      return PartialTable.open(places.partial(), spec, listing);
    } finally {
      Files.deleteIfExists(listing);
    }
  }

  private TableManifest finished() throws IOException {
    if (!Files.exists(places.table())) {
      return null;
    }
    TableManifest there = TableWriter.manifest(places.table());
    requireSame(places.table(), "", TableWriter.Spec.of(there));
    return there;
  }

  private TableWriter.Spec interrupted() throws IOException {
    TableWriter.Spec there = PartialTable.spec(places.partial());
    if (there != null) {
      requireSame(places.partial(), "an interrupted run of ", there);
      if (!Objects.equals(there.collection().root(), wanted.collection().root())) {
        throw otherCollection(places.partial(), there.collection().root());
      }
    }
    return there;
  }

  /// A folder of images that moved is known by some of its images; another one is refused, as its
  /// images would take the place of the first one's.
  private void requireSameCollection(TableManifest finished) throws IOException {
    String root = finished.collection() == null ? null : finished.collection().root();
    if (Objects.equals(root, wanted.collection().root())) {
      return;
    }
    try (EmbeddingTable table = TableFolder.open(places.table())) {
      TableRows rows = table.rows();
      int[] order = rows.ids().order();
      int compared = 0;
      int step = Math.max(1, collection.size() / SAMPLE);
      for (int i = 0; i < collection.size(); i += step) {
        CollectionImage image = collection.image(i);
        int row = rows.ids().find(image.id(), order);
        String known = row < 0 ? null : rows.get(row).sha256();
        String now = known == null ? null : sha256(image);
        if (now != null && !now.equals(known)) {
          throw otherCollection(places.table(), root);
        }
        compared += now == null ? 0 : 1;
      }
      if (compared == 0) {
        throw otherCollection(places.table(), root);
      }
    }
  }

  private static String sha256(CollectionImage image) {
    try {
      return Sha256.of(image.read());
    } catch (SemblanceException _) {
      return null; // embedding it will say so
    }
  }

  private SemblanceException otherCollection(Path place, String root) {
    return new SemblanceException(
        "%s is of the images in %s, and those in %s are others: choose another --out, or add --overwrite."
            .formatted(place, root, wanted.collection().root()));
  }

  // Vectors that depend on labels have as many components as there are labels: that alone is no
  // other extractor.
  private void requireSame(Path place, String what, TableWriter.Spec there)
      throws SemblanceException {
    TableWriter.Spec comparable = options.reuse() ? there : there.withDimension(wanted.dimension());
    TableWriter.requireSame(place, what + comparable.extractor(), what + wanted.extractor());
  }

  /// Whether nothing is to do: the same listing, and every image file as it was seen.
  private boolean isCurrent(TableManifest finished) throws IOException {
    if (!wanted.collection().equals(finished.collection())
        || wanted.dimension() != finished.dimension()
        || (options.prune() && finished.removed() > 0)) {
      return false;
    }
    TextColumn ids = ids(places.table());
    SeenFiles seen = SeenFiles.read(places.table(), ids.size());
    int row = 0;
    for (CollectionImage image : collection.images()) {
      boolean hasRow = row < ids.size() && ids.get(row).equals(image.id());
      String known = hasRow ? seen.rows().get(row++) : seen.failed().get(image.id());
      if (known == null || !known.equals(state(image))) {
        return false;
      }
    }
    return true;
  }

  /// An interrupted run is gone on with if it is of the same images, else set aside as a table of
  /// what it had done.
  private void goOnOrSetAside(TableWriter.Spec interrupted, TableWriter.Spec spec)
      throws IOException {
    boolean sameListing = interrupted.equals(spec);
    int replaced = 0;
    try (PartialTable partial = PartialTable.open(places.partial(), interrupted, null)) {
      if (sameListing) {
        replaced = replaced(partial);
        if (replaced == 0) {
          return;
        }
      }
      say.accept(story(interrupted, partial, replaced));
      if (partial.checkpoint().rows() > 0 && options.reuse()) {
        new TableCompletion(partial).write(List.of(), 0);
      }
    }
    if (Files.exists(places.partial().resolve(TableManifest.FILE))) {
      AtomicFile.move(places.partial(), places.nextSalvage());
    } else {
      TablePlaces.delete(places.partial());
    }
  }

  private String story(TableWriter.Spec interrupted, PartialTable partial, int replaced)
      throws IOException {
    var what = new ArrayList<String>();
    if (partial.listing() != null && replaced == 0) {
      Changes changes = Changes.between(Listing.ids(partial.listing()), ids(collection));
      if (changes.equals(Changes.NONE)) {
        what.add("its order, place or labels are others");
      } else {
        what.add(count(changes.added(), "added"));
        what.add(count(changes.removed(), "gone"));
      }
    } else {
      what.add(count(replaced, "replaced"));
    }
    return "%s: the collection changed since the interrupted run (%s); the %d vectors it had made are used where their images are the same."
        .formatted(
            interrupted.provenance().modelId(),
            String.join(", ", what),
            partial.checkpoint().rows());
  }

  private static String count(int n, String what) {
    return n + (n == 1 ? " image " : " images ") + what;
  }

  /// Images the interrupted run is done with that are other files by now.
  private int replaced(PartialTable partial) throws IOException {
    int[] at = {0};
    int[] replaced = {0};
    Journal.each(
        partial.journal(),
        entry -> {
          if (at[0] < collection.size()) {
            CollectionImage image = collection.image(at[0]++);
            String now = state(image);
            boolean same =
                entry.id().equals(image.id())
                    && (now == null ? entry.state() == null : now.equals(entry.state()));
            replaced[0] += same ? 0 : 1;
          }
        });
    return replaced[0];
  }

  private static String state(CollectionImage image) {
    try {
      return image.source().state();
    } catch (IOException _) {
      return null; // missing: embedding it will say so
    }
  }

  private static TextColumn ids(Path table) throws IOException {
    try (EmbeddingTable opened = TableFolder.open(table)) {
      return opened.rows().ids();
    }
  }

  private static RowMetadata metadata(Path table) throws IOException {
    try (EmbeddingTable opened = TableFolder.open(table)) {
      return opened.metadata();
    }
  }

  private static TextColumn ids(ImageCollection collection) {
    var ids = new TextColumn.Builder();
    collection.images().forEach(i -> ids.add(i.id()));
    return ids.build();
  }

  /// Indices of the texts that another column does not have.
  private static List<Integer> missing(TextColumn ids, TextColumn in) {
    int[] order = in.order();
    var out = new ArrayList<Integer>();
    for (int i = 0; i < ids.size(); i++) {
      if (in.find(ids.get(i), order) < 0) {
        out.add(i);
      }
    }
    return out;
  }
}
