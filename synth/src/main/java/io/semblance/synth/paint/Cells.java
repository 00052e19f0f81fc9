package io.semblance.synth.paint;

import io.semblance.synth.paint.fruit.Anatomy;
import io.semblance.synth.paint.fruit.AppleAnatomy;
import io.semblance.synth.paint.fruit.AvocadoAnatomy;
import io.semblance.synth.paint.fruit.BananasAnatomy;
import io.semblance.synth.paint.fruit.BlueberriesAnatomy;
import io.semblance.synth.paint.fruit.FigAnatomy;
import io.semblance.synth.paint.fruit.KiwiAnatomy;
import io.semblance.synth.paint.fruit.OrangeAnatomy;
import io.semblance.synth.paint.fruit.PearAnatomy;
import io.semblance.synth.paint.fruit.PineappleAnatomy;
import io.semblance.synth.paint.fruit.StrawberryAnatomy;
import io.semblance.synth.paint.style.ComicRenderer;
import io.semblance.synth.paint.style.CrayonRenderer;
import io.semblance.synth.paint.style.CubicRenderer;
import io.semblance.synth.paint.style.GlamourRenderer;
import io.semblance.synth.paint.style.LomoRenderer;
import io.semblance.synth.paint.style.OilRenderer;
import io.semblance.synth.paint.style.PatchRenderer;
import io.semblance.synth.paint.style.PileRenderer;
import io.semblance.synth.paint.style.PixelRenderer;
import io.semblance.synth.paint.style.Renderer;
import io.semblance.synth.paint.style.WatercolorRenderer;

/// Who builds which fruit and who paints which style.
final class Cells {
  private Cells() {}

  static Anatomy anatomy(Fruit fruit) {
    return switch (fruit) {
      case BLUEBERRIES -> new BlueberriesAnatomy();
      case FIG -> new FigAnatomy();
      case STRAWBERRY -> new StrawberryAnatomy();
      case APPLE -> new AppleAnatomy();
      case ORANGE -> new OrangeAnatomy();
      case PINEAPPLE -> new PineappleAnatomy();
      case BANANAS -> new BananasAnatomy();
      case PEAR -> new PearAnatomy();
      case AVOCADO -> new AvocadoAnatomy();
      case KIWI -> new KiwiAnatomy();
    };
  }

  static Renderer renderer(Style style) {
    return switch (style) {
      case CRAYON -> new CrayonRenderer();
      case WATERCOLOR -> new WatercolorRenderer();
      case COMIC -> new ComicRenderer();
      case PIXEL -> new PixelRenderer();
      case PATCH -> new PatchRenderer();
      case CUBIC -> new CubicRenderer();
      case OIL -> new OilRenderer();
      case GLAMOUR -> new GlamourRenderer();
      case LOMO -> new LomoRenderer();
      case PILE -> new PileRenderer();
    };
  }
}
