package io.semblance.synth.paint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class GridOverviewTest {
  private static final SaladPainter PAINTER = new SaladPainter(new PaintOptions(2, 32, 5));

  @Test
  void cellsStandAtTheirPlacesUnchangedWhereSizesAgree() {
    BufferedImage grid = new GridOverview(PAINTER, 32, false).paint(1);
    assertEquals(1 + 10 * 33, grid.getWidth());
    BufferedImage cell = PAINTER.paint(Fruit.FIG, Style.COMIC, 1);
    assertArrayEquals(
        cell.getRGB(0, 0, 32, 32, null, 0, 32),
        grid.getRGB(1 + 33, 1 + 2 * 33, 32, 32, null, 0, 32));
  }

  @Test
  void labelsAddAMarginWithInk() {
    BufferedImage grid = new GridOverview(PAINTER, 64, true).paint(0);
    assertEquals(16 + 10 * 65, grid.getWidth());
    int dark = 0;
    for (int x = 0; x < grid.getWidth(); x++) {
      for (int y = 0; y < 16; y++) {
        dark += (grid.getRGB(x, y) & 255) < 128 ? 1 : 0;
      }
    }
    assertTrue(dark > 100, "labels left " + dark + " dark pixels");
  }

  @Test
  void aCellOutOfRangeIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new GridOverview(PAINTER, 8, true))
            .getMessage();
    assertTrue(message.contains("8") && message.contains("16 to 1024"), message);
  }
}
