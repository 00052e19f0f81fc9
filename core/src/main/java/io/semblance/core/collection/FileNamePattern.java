package io.semblance.core.collection;

import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads labels out of file names, e.g. `{category}_{style}_{instance}`.
///
/// The pattern is matched against the id without its extension. `{category}`, `{style}` and
/// `{instance}` each take as few characters as possible and never a `/`; `{*}` takes anything but a
/// `/`. A pattern without `/` looks at the file name alone; with `/` it looks at the last folders
/// too (`{category}/{*}`).
public final class FileNamePattern {

  private static final Pattern FIELD = Pattern.compile("\\{([^}]*)\\}");

  private final String text;
  private final Pattern regex;
  private final List<String> fields;
  private final int folders;

  private FileNamePattern(String text, Pattern regex, List<String> fields) {
    this.text = text;
    this.regex = regex;
    this.fields = fields;
    this.folders = (int) text.chars().filter(c -> c == '/').count();
  }

  /// @param text the pattern, e.g. `{category}_{style}`
  /// @return the pattern, ready to match
  /// @throws SemblanceException if a field is unknown or repeated, or there is none
  public static FileNamePattern parse(String text) throws SemblanceException {
    var fields = new ArrayList<String>();
    var regex = new StringBuilder();
    int end = 0;
    for (Matcher m = FIELD.matcher(text); m.find(); end = m.end()) {
      regex.append(Pattern.quote(text.substring(end, m.start())));
      String field = m.group(1);
      if (field.equals("*")) {
        regex.append("[^/]*?");
        continue;
      }
      if (!Labels.NAMES.contains(field) || fields.contains(field)) {
        throw new SemblanceException(
            "The pattern '"
                + text
                + "' has "
                + (Labels.NAMES.contains(field)
                    ? "{" + field + "} twice"
                    : "an unknown field {" + field + "}")
                + ": use {category}, {style} and {instance} once each, {*} for the rest.");
      }
      fields.add(field);
      regex.append("(?<").append(field).append(">[^/]+?)");
    }
    regex.append(Pattern.quote(text.substring(end)));
    if (fields.isEmpty()) {
      throw new SemblanceException(
          "The pattern '"
              + text
              + "' names no label: write for example '{category}_{style}_{instance}'.");
    }
    return new FileNamePattern(text, Pattern.compile(regex.toString()), List.copyOf(fields));
  }

  /// @param id an image id, e.g. `set/apple_crayon_001.png`
  /// @return its labels, or nothing if the name does not fit the pattern
  public Optional<Labels> match(String id) {
    Matcher m = regex.matcher(tail(withoutExtension(id)));
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(new Labels(group(m, "category"), group(m, "style"), group(m, "instance")));
  }

  private String group(Matcher m, String field) {
    return fields.contains(field) ? m.group(field) : null;
  }

  private String tail(String id) {
    int from = id.length();
    for (int i = 0; i <= folders && from > 0; i++) {
      from = id.lastIndexOf('/', from - 1);
    }
    return id.substring(from + 1);
  }

  private static String withoutExtension(String id) {
    int dot = id.lastIndexOf('.');
    return dot > id.lastIndexOf('/') ? id.substring(0, dot) : id;
  }

  /// @return the pattern as written
  @Override
  public String toString() {
    return text;
  }
}
