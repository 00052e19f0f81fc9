package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Placement;
import java.util.ArrayList;
import java.util.List;

/// A heap that fills the frame from edge to edge: rows of pieces, shifted like bricks, the lower
/// ones in front.
public final class Heap {
  private static final double MARGIN = 0.6;
  private final Anatomy anatomy;
  private final Dice dice;
  private final double size;

  /// Prepares a heap.
  ///
  /// @param anatomy what lies in the heap
  /// @param dice decides poses and sizes
  public Heap(Anatomy anatomy, Dice dice) {
    this.anatomy = anatomy;
    this.dice = dice;
    this.size = anatomy.heapSize() * dice.range(0.9, 1.15);
  }

  /// {@return the pieces, back to front}
  public List<Item> pieces() {
    double gap = size * anatomy.heapGap();
    double shift = dice.unit() * gap;
    List<Item> pieces = new ArrayList<>();
    int row = 0;
    for (double y = -size * 0.2; y < 1 + size * MARGIN; y += gap * 0.8) {
      double start = -shift - (row++ % 2) * gap * 0.5;
      for (double x = start; x < 1 + size * MARGIN; x += gap) {
        pieces.add(piece(x, y, gap));
      }
    }
    return pieces;
  }

  private Item piece(double x, double y, double gap) {
    double px = x + dice.around(gap * 0.22);
    double py = y + dice.around(gap * 0.22);
    double turn = dice.around(anatomy.heapTurn());
    return anatomy.piece(dice, Placement.at(px, py, turn, size * dice.range(0.88, 1.12)));
  }
}
