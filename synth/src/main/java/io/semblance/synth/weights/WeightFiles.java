package io.semblance.synth.weights;

import io.semblance.core.Printable;
import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.Safetensors;
import io.semblance.core.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The tensors of a component's folder, mapped: one `.safetensors`, or several with an index beside
/// them. Close it to release them.
public final class WeightFiles implements AutoCloseable {

  private static final List<String> STEMS = List.of("diffusion_pytorch_model", "model");
  private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16", ".non_ema");
  private static final String INDEX = ".safetensors.index";

  private final Path folder;
  private final List<Path> files;
  private final List<Safetensors> opened;
  private final Map<String, NumberArray> tensors;
  private final Map<String, Path> places;

  private WeightFiles(
      Path folder,
      List<Path> files,
      List<Safetensors> opened,
      Map<String, NumberArray> tensors,
      Map<String, Path> places) {
    this.folder = folder;
    this.files = files;
    this.opened = opened;
    this.tensors = tensors;
    this.places = places;
  }

  /// Opens the weights of a component.
  ///
  /// @param folder of the component, e.g. `unet`
  /// @return the files; close them
  /// @throws SemblanceException if there are none, one is damaged or missing, or the index does not
  ///   agree with the files
  public static WeightFiles open(Path folder) throws IOException {
    for (String variant : VARIANTS) {
      for (String stem : STEMS) {
        Path single = folder.resolve(stem + variant + ".safetensors");
        if (Files.exists(single)) {
          return open(folder, List.of(single), null, null);
        }
        for (String name : List.of(stem + INDEX + variant, stem + variant + INDEX)) {
          Path index = folder.resolve(name + ".json");
          if (Files.exists(index)) {
            return sharded(folder, index);
          }
        }
      }
    }
    throw new SemblanceException(
        "%s has no weights: put diffusion_pytorch_model.safetensors or model.safetensors there (%s)."
            .formatted(folder, pickled(folder)));
  }

  private static String pickled(Path folder) {
    boolean bin =
        STEMS.stream()
            .anyMatch(
                s ->
                    Files.exists(folder.resolve(s + ".bin"))
                        || Files.exists(folder.resolve("pytorch_" + s + ".bin")));
    return bin
        ? "the .bin file beside is a pickle, which is not read: save it as safetensors"
        : "copy the whole folder of the pipeline";
  }

  private static WeightFiles sharded(Path folder, Path index) throws IOException {
    JsonNode map = Json.read(index, JsonNode.class).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new SemblanceException(index + " has no \"weight_map\": copy the file again.");
    }
    var said = new TreeMap<String, Path>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String file = entry.getValue().asString("");
      if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.contains("..")) {
        throw new SemblanceException(
            "%s puts the tensor '%s' into '%s', which is no file beside it: copy the file again."
                .formatted(index, Printable.of(entry.getKey()), Printable.of(file)));
      }
      said.put(entry.getKey(), folder.resolve(file));
    }
    return open(folder, List.copyOf(new TreeSet<>(said.values())), said, index);
  }

  private static WeightFiles open(Path folder, List<Path> files, Map<String, Path> said, Path index)
      throws IOException {
    var opened = new ArrayList<Safetensors>();
    var tensors = new LinkedHashMap<String, NumberArray>();
    var places = new LinkedHashMap<String, Path>();
    var out = new WeightFiles(folder, files, opened, tensors, places);
    try {
      for (Path file : files) {
        Safetensors one = Safetensors.open(file);
        opened.add(one);
        for (String name : one.names()) {
          if (tensors.put(name, one.tensor(name)) != null) {
            throw new SemblanceException(
                "%s: the tensor '%s' is in %s, too: leave one of them."
                    .formatted(file, Printable.of(name), places.get(name).getFileName()));
          }
          places.put(name, file);
        }
      }
      if (said != null) {
        agree(said, places, index);
      }
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private static void agree(Map<String, Path> said, Map<String, Path> places, Path index)
      throws SemblanceException {
    for (Map.Entry<String, Path> entry : said.entrySet()) {
      if (!entry.getValue().equals(places.get(entry.getKey()))) {
        throw new SemblanceException(
            "%s puts the tensor '%s' into %s, where it is not: copy the files of one model."
                .formatted(index, Printable.of(entry.getKey()), entry.getValue().getFileName()));
      }
    }
    for (String name : places.keySet()) {
      if (!said.containsKey(name)) {
        throw new SemblanceException(
            "%s does not name the tensor '%s' of %s: copy the files of one model."
                .formatted(index, Printable.of(name), places.get(name).getFileName()));
      }
    }
  }

  /// @return the folder
  public Path folder() {
    return folder;
  }

  /// @return the files, in order
  public List<Path> files() {
    return files;
  }

  /// @return the tensors by name; valid until [#close]
  public Map<String, NumberArray> tensors() {
    return tensors;
  }

  /// @param name of a tensor
  /// @return the file that it is in
  public Path place(String name) {
    return places.get(name);
  }

  @Override
  public void close() {
    opened.forEach(Safetensors::close);
  }
}
