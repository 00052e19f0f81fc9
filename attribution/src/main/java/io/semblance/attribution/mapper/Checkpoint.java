package io.semblance.attribution.mapper;

import io.semblance.attribution.mapper.MapperState.Array;
import io.semblance.attribution.mapper.MapperTraining.Line;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.Safetensors;
import io.semblance.core.array.SafetensorsWriter;
import io.semblance.core.linalg.Dense;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state of a training between two epochs: parameters, running statistics, the optimiser's
/// moments and the lines so far. Going on from it gives the same mapper as never having stopped.
final class Checkpoint {

  private static final String START = "semblance.start";
  private static final String STEPS = "semblance.steps";
  private static final String LINES = "semblance.lines";

  private Checkpoint() {}

  static void write(
      Path file, TrainingStep step, double start, List<Line> lines, Map<String, String> about)
      throws IOException {
    var texts = new LinkedHashMap<String, String>();
    about.forEach((name, value) -> texts.put("semblance." + name, value));
    texts.put(START, Double.toString(start));
    texts.put(STEPS, Long.toString(step.adam().steps()));
    var text = new StringBuilder();
    for (Line l : lines) {
      text.append("%d %s %s %s%n".formatted(l.epoch(), l.rate(), l.loss(), l.recall()));
    }
    texts.put(LINES, text.toString());
    var tensors = new LinkedHashMap<String, NumberArray>();
    places(step).forEach((name, d) -> tensors.put(name, MapperFile.numbers(Array.of(d))));
    SafetensorsWriter.write(file, texts, tensors);
  }

  /// Sets the state of `step` and adds the lines.
  ///
  /// @return validation recall of the start
  static double read(Path file, TrainingStep step, List<Line> lines, Map<String, String> about)
      throws IOException {
    try (Safetensors saved = Safetensors.open(file)) {
      Map<String, String> texts = saved.metadata();
      for (Map.Entry<String, String> e : about.entrySet()) {
        String then = texts.get("semblance." + e.getKey());
        if (!e.getValue().equals(then)) {
          throw new SemblanceException(
              "%s was begun with another %s (%s, now %s): give another --out, or delete it to start again."
                  .formatted(file, e.getKey(), then, e.getValue()));
        }
      }
      for (Map.Entry<String, Dense> place : places(step).entrySet()) {
        NumberArray array = saved.tensor(place.getKey());
        Dense d = place.getValue();
        if (array.count() != (long) d.rows() * d.columns()) {
          throw damaged(file, place.getKey() + " is " + array, null);
        }
        d.set(Dense.of(d.rows(), d.columns(), array.toFloats()));
      }
      try {
        step.adam().steps(Long.parseLong(texts.get(STEPS)));
        texts.get(LINES).lines().map(Checkpoint::line).forEach(lines::add);
        return Double.parseDouble(texts.get(START));
      } catch (NumberFormatException | NullPointerException | IndexOutOfBoundsException e) {
        throw damaged(file, "its numbers are unreadable", e);
      }
    }
  }

  private static Line line(String text) {
    List<String> parts = List.of(text.split(" ", -1));
    return new Line(
        Integer.parseInt(parts.get(0)),
        Double.parseDouble(parts.get(1)),
        Double.parseDouble(parts.get(2)),
        Double.parseDouble(parts.get(3)));
  }

  private static SemblanceException damaged(Path file, String what, Exception cause) {
    return new SemblanceException(
        "%s is damaged (%s): delete it to start again.".formatted(file, what), cause);
  }

  private static Map<String, Dense> places(TrainingStep step) {
    var out = new LinkedHashMap<String, Dense>();
    List<String> sides = MapperFile.sides();
    step.training().state().forEach((n, d) -> out.put(sides.getFirst() + "." + n, d));
    step.synthesized().state().forEach((n, d) -> out.put(sides.getLast() + "." + n, d));
    for (int i = 0; i < step.adam().first().size(); i++) {
      out.put("adam.first." + i, step.adam().first().get(i));
      out.put("adam.second." + i, step.adam().second().get(i));
    }
    return out;
  }
}
