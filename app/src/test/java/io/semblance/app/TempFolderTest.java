package io.semblance.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Killed processes leave folders; living ones keep theirs.
class TempFolderTest {

  @TempDir Path temp;

  @Test
  void onlyWhatNobodyHoldsIsRemoved() throws IOException {
    Path abandoned = folder("1", true);
    Path held = folder("2", true);
    Path beginning = folder("3", false);
    Path neverBegun = folder("4", false);
    Files.setLastModifiedTime(neverBegun, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path own = folder("5", true);
    Path other = Files.createDirectories(temp.resolve("other"));
    try (FileChannel channel = FileChannel.open(held.resolve("lock"), StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertTrue(lock.isValid());
      TempFolder.sweep(temp, own);
    }
    assertFalse(Files.exists(abandoned));
    assertFalse(Files.exists(neverBegun));
    for (Path stays : new Path[] {held, beginning, own, other}) {
      assertTrue(Files.exists(stays), stays.toString());
    }
  }

  private Path folder(String name, boolean lock) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(TempFolder.PREFIX + name));
    Files.writeString(Files.createDirectories(folder.resolve("library")).resolve("x.so"), "x");
    if (lock) {
      Files.createFile(folder.resolve("lock"));
    }
    return folder;
  }
}
