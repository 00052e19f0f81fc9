package io.semblance.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The boundaries between modules; each rule says how to repair what breaks it.
class BoundariesTest {

  private static final JavaClasses SEMBLANCE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.semblance");

  @Test
  void benchmarkAndAttributionReadTablesAndNeverMakeThem() {
    noClasses()
        .that()
        .resideInAnyPackage("io.semblance.salad..", "io.semblance.attribution..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.semblance.extract..",
            "io.semblance.synth..",
            "io.semblance.app..",
            "ai.onnxruntime..")
        .because(
            "they take an EmbeddingTable from core; call the extractor in app and pass the table")
        .check(SEMBLANCE);
  }

  @Test
  void coreStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.semblance.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.semblance.extract..",
            "io.semblance.salad..",
            "io.semblance.attribution..",
            "io.semblance.synth..",
            "io.semblance.app..")
        .because(
            "every module stands on core; move the class that needs more into the module it serves")
        .check(SEMBLANCE);
  }

  @Test
  void heavyLibrariesStayInTheirModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.semblance.core.linalg..",
            "io.semblance.core.torch..",
            "io.semblance.synth..",
            "io.semblance.perf..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.pytorch..")
        .because(
            "libtorch is reached through io.semblance.core.linalg and core.torch; networks that are"
                + " built layer by layer use it directly in synth; add the operation there")
        .check(SEMBLANCE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.semblance.extract..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .because("ONNX Runtime belongs to extract; write an Extractor there")
        .check(SEMBLANCE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.semblance.extract.ensemble..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.opencv..")
        .because("OpenCV serves the compression ensembles only; its matrices live in their scopes")
        .check(SEMBLANCE);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..misc..")
        .because(
            "a package is called after what is in it; choose the name a newcomer would look for")
        .check(SEMBLANCE);
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .because("a class is called after what it is; name the one idea in it")
        .check(SEMBLANCE);
  }

  @Test
  void nativesOfOneSystemOnlyAreOnTheClassPath() {
    var platform = Pattern.compile("-(linux|macosx|windows|android|ios)-([a-z0-9_]+)\\.jar$");
    List<String> entries =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    var platforms = new TreeSet<String>();
    for (String entry : entries) {
      Matcher m = platform.matcher(entry);
      if (m.find()) {
        platforms.add(m.group(1) + "-" + m.group(2));
      }
    }
    assertEquals(
        1,
        platforms.size(),
        () ->
            "one system's natives are wanted, found "
                + platforms
                + ": depend on the classifier ${native.platform} as core/pom.xml does");
  }
}
