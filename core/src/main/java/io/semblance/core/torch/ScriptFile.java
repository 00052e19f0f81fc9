package io.semblance.core.torch;

import io.semblance.core.SemblanceException;
import io.semblance.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Tells TorchScript archives from the other files that end in `.pt`, before libtorch is loaded.
///
/// An archive of `torch.jit.save` is a ZIP that holds code; one of `torch.save` holds data only.
final class ScriptFile {

  private ScriptFile() {}

  /// @param file to look at
  /// @throws SemblanceException if it is not a TorchScript archive; the message says what it is
  static void check(Path file) throws SemblanceException {
    try (var zip = new ZipFile(file.toFile())) {
      boolean code = has(zip, "/constants.pkl") && has(zip, "/data.pkl");
      if (!code && has(zip, "/data.pkl")) {
        throw new SemblanceException(
            "%s holds weights without the network (a file of torch.save): load them in Python and save the network with torch.jit.trace, or export it with tools/export."
                .formatted(file));
      }
      if (!code) {
        throw notScript(file, null);
      }
    } catch (ZipException e) {
      throw startsAsZip(file)
          ? new SemblanceException(
              "%s is cut off or damaged: copy or export it again.".formatted(file), e)
          : notScript(file, e);
    } catch (SemblanceException e) {
      throw e;
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the model %s (%s): check the file.".formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  private static boolean has(ZipFile zip, String end) {
    return zip.stream().anyMatch(entry -> entry.getName().endsWith(end));
  }

  private static boolean startsAsZip(Path file) throws SemblanceException {
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    } catch (IOException e) {
      throw new SemblanceException(
          "Cannot read the model %s (%s): check the file.".formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  private static SemblanceException notScript(Path file, Exception cause) {
    return new SemblanceException(
        "%s is not a TorchScript file: save the network with torch.jit.trace(...).save(...), or export it with tools/export and --torchscript."
            .formatted(file),
        cause);
  }
}
