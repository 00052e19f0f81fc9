import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks or rewrites the format of every Java file below a folder with google-java-format. Run by
/// `mvn verify` (check) and `mvn -Pformat process-sources` (write) in a process of its own.
void main(String[] args) throws Exception {
  boolean write = args[0].equals("write");
  Path root = Path.of(args[1]);
  List<Path> files;
  try (var walk = Files.walk(root)) {
    files =
        walk.filter(p -> p.toString().endsWith(".java"))
            .filter(p -> !root.relativize(p).toString().matches("(.*[/\\\\])?(target|\\.git)[/\\\\].*"))
            .filter(p -> !p.getFileName().toString().equals("Format.java"))
            .sorted()
            .toList();
  }
  var formatter = new Formatter();
  var off = new ArrayList<Path>();
  for (Path file : files) {
    String source = Files.readString(file);
    String formatted = formatter.formatSourceAndFixImports(source);
    if (!source.equals(formatted)) {
      off.add(root.relativize(file));
      if (write) {
        Files.writeString(file, formatted);
      }
    }
  }
  if (!off.isEmpty() && !write) {
    off.forEach(f -> System.err.println("not formatted: " + f));
    System.err.println("Repair: mvn -B -q -Pformat process-sources -N");
    System.exit(1);
  }
  System.out.println((write ? "rewritten: " : "format checked: ") + (write ? off.size() : files.size()) + " files");
}
