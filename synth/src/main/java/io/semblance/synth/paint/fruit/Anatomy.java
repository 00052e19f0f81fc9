package io.semblance.synth.paint.fruit;

import io.semblance.synth.paint.scene.Dice;
import io.semblance.synth.paint.scene.Item;
import io.semblance.synth.paint.scene.Placement;
import java.util.List;

/// How one kind of fruit is built and how its fruits are laid out. Implementations are stateless.
public interface Anatomy {
  /// A still life in the unit square: one fruit or a few, upright on a table near y = 0.85.
  ///
  /// @param dice decides number, pose, ripeness and extras such as leaves or a cut half
  /// @return the fruits, back to front
  List<Item> still(Dice dice);

  /// One piece as it lies in a heap of its kind.
  ///
  /// @param dice decides shape, colour and whether it is cut
  /// @param at origin in the middle of the fruit, unit = its height, turn = its pose
  /// @return the piece
  Item piece(Dice dice, Placement at);

  /// {@return height of a piece in a heap, in scene units}
  double heapSize();

  /// {@return greatest turn of a piece in a heap to either side, in radians}
  double heapTurn();

  /// {@return distance of neighbours in a heap, as a share of [#heapSize]}
  default double heapGap() {
    return 0.66;
  }
}
