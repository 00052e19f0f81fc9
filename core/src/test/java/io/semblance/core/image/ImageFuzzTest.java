package io.semblance.core.image;

import io.semblance.core.fuzz.FuzzOptions;
import io.semblance.core.fuzz.FuzzRun;
import io.semblance.core.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged images of every format give pixels or one sentence, in bounded time and memory. The slow
/// test takes as many as `tools/fuzz.sh` asks for: `-Dtests.excluded= -Dfuzz.mutants=20000`, from
/// another seed with `-Dfuzz.seed=1`.
@Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageFuzzTest {

  private static final int FEW = 120;

  static Stream<FuzzTarget> targets() {
    return ImageFuzz.targets();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void damageIsPixelsOrASentence(FuzzTarget target) throws IOException {
    new FuzzRun(target).run(0, FEW);
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Tag("slow")
  void muchDamageIsPixelsOrASentence(FuzzTarget target) throws IOException {
    var run = new FuzzRun(target);
    run.run(FuzzOptions.firstSeed(), FuzzOptions.mutants());
    System.out.println(run);
  }
}
