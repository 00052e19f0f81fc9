package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.stream.Stream;

/// Makes sure that a value can be walked as a tree: no cycles, bounded depth, and not more places
/// than the pickle has bytes to speak of (a small pickle can name one list ten times in a list that
/// is named ten times, and so on).
final class PickleShape {

  private static final int DEEPEST = 100;
  private static final long ALWAYS_ALLOWED = 1 << 20;
  private static final Object OPEN = new Object();

  private PickleShape() {}

  private record Step(PickleValue value, Iterator<PickleValue> rest, long[] places) {}

  static void check(PickleValue root, PickleBytes in) throws SemblanceException {
    // What is known of a collection: OPEN while it is walked, then its number of places.
    IdentityHashMap<PickleValue, Object> known = new IdentityHashMap<>();
    Deque<Step> path = new ArrayDeque<>();
    long most = Math.max(ALWAYS_ALLOWED, 16 * in.position());
    enter(root, known, path, in);
    while (!path.isEmpty()) {
      Step step = path.peek();
      if (step.places()[0] > most) {
        throw in.broken("its collections hold each other more than " + most + " times");
      }
      if (step.rest().hasNext()) {
        PickleValue child = step.rest().next();
        Object places = known.get(child);
        if (places == null) {
          enter(child, known, path, in);
          step.places()[0] += isCollection(child) ? 0 : 1;
        } else if (places instanceof Long counted) {
          step.places()[0] += counted;
        } else {
          throw in.broken("a collection holds itself");
        }
        continue;
      }
      path.pop();
      known.put(step.value(), step.places()[0]);
      if (!path.isEmpty()) {
        path.peek().places()[0] += step.places()[0];
      }
    }
  }

  private static boolean isCollection(PickleValue value) {
    return value instanceof PickleItems || value instanceof PickleDict;
  }

  private static void enter(
      PickleValue value,
      IdentityHashMap<PickleValue, Object> known,
      Deque<Step> path,
      PickleBytes in)
      throws SemblanceException {
    switch (value) {
      case PickleItems items -> open(value, items.items().iterator(), known, path, in);
      case PickleDict dict -> {
        Stream<PickleValue> all =
            dict.entries().entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue()));
        open(value, all.iterator(), known, path, in);
      }
      case PickleArray array when !array.isComplete() && array.plan() == null ->
          throw in.broken("an array without its data");
      case TorchStorage _ -> throw in.unread("a bare storage", "save a tensor");
      default -> {
        // a leaf
      }
    }
  }

  private static void open(
      PickleValue value,
      Iterator<PickleValue> children,
      IdentityHashMap<PickleValue, Object> known,
      Deque<Step> path,
      PickleBytes in)
      throws SemblanceException {
    if (path.size() >= DEEPEST) {
      throw in.broken("collections more than " + DEEPEST + " deep");
    }
    known.put(value, OPEN);
    path.push(new Step(value, children, new long[] {1}));
  }
}
