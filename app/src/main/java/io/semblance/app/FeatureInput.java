package io.semblance.app;

import io.semblance.attribution.feature.Pool;
import io.semblance.attribution.feature.TestSet;
import io.semblance.attribution.mapper.FeatureMap;
import io.semblance.attribution.mapper.FeatureSpace;
import io.semblance.attribution.mapper.Mapper;
import io.semblance.attribution.mapper.MapperFile;
import io.semblance.attribution.mapper.SpaceCorrection;
import io.semblance.core.table.TableFolder;
import io.semblance.core.table.TableManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// The options of verbs that score synthesised images against distractors: where features are, and
/// what maps them first.
final class FeatureInput {

  @Option(
      names = "--table",
      paramLabel = "DIR",
      showDefaultValue = Visibility.NEVER,
      description = "Tables with a row for every path of the .json files.")
  private List<Path> tables = List.of();

  @Option(
      names = "--distractors",
      required = true,
      paramLabel = "POOL",
      description = "Table folders, .npy, or .pth of {feats, paths}; may be given several times.")
  private List<Path> distractors;

  @Option(names = "--mapper", paramLabel = "FILE", description = "A .safetensors or .pth mapper.")
  private Path mapper;

  @Option(
      names = "--correct",
      paramLabel = "C",
      defaultValue = "none",
      converter = CorrectionConverter.class,
      description =
          "Correct the space against hubs, fitted to the distractors: " + CorrectionConverter.WORDS)
  private SpaceCorrection correct;

  /// What features go through before they are compared.
  ///
  /// @param training map of training images
  /// @param synthesized map of synthesised images
  /// @param sha256 of the mapper, or null if there is none
  /// @param variant of the mapper, or null if there is none
  /// @param correctionSha256 of what the correction was fitted to, or null if there is none
  record Maps(
      FeatureMap training,
      FeatureMap synthesized,
      String sha256,
      String variant,
      String correctionSha256) {}

  List<Path> tables() {
    return tables;
  }

  List<Path> distractors() {
    return distractors;
  }

  SpaceCorrection correction() {
    return correct;
  }

  /// @return whether a mapper or a correction stands before the cosine
  boolean changed() {
    return mapper != null || !correct.equals(SpaceCorrection.NONE);
  }

  /// @return the folders of images that the tables and distractors were made from, where known
  List<Path> imageFolders() throws IOException {
    var out = new LinkedHashSet<Path>();
    for (Path source : Stream.concat(tables.stream(), distractors.stream()).toList()) {
      if (TableFolder.isTable(source)) {
        TableManifest.Source from = TableFolder.manifest(source).collection();
        if (from != null && from.root() != null) {
          out.add(Path.of(from.root()));
        }
      }
    }
    return List.copyOf(out);
  }

  /// @param verb whose options these are
  /// @throws picocli.CommandLine.ParameterException if a mapper and a correction are given
  void requireOneSpace(Verb verb) {
    if (mapper != null && !correct.equals(SpaceCorrection.NONE)) {
      throw verb.usage(
          "--correct does not go with --mapper, which was trained on the space as it is");
    }
  }

  /// @param sets whose features are mapped
  /// @param pool likewise
  /// @return the maps
  /// @throws io.semblance.core.SemblanceException if the mapper is of another model or dimension
  Maps maps(Collection<TestSet> sets, Pool pool) throws IOException {
    if (mapper == null) {
      FeatureSpace space = correct.fit(pool.parts());
      return new Maps(space.training(), space.synthesized(), null, null, space.sha256());
    }
    Mapper used = MapperFile.read(mapper);
    for (TestSet set : sets) {
      used.require(set.name(), set.provenance(), set.dimension());
    }
    used.require("the pool", pool.provenance(), pool.dimension());
    return new Maps(used.training(), used.synthesized(), used.sha256(), used.variant(), null);
  }
}
