package io.semblance.app;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C and a request to end: the first one lets the job write down what it has done, the second
/// ends the program at once.
///
/// A shutdown hook would not do: the native libraries have theirs, which run at the same time and
/// take the ground from under a job that is still at work. The platform's signals are reached by
/// name, as the compiler warns of them; where there are none, the process ends at once, and the
/// next run goes on from the last checkpoint.
final class Interrupts {

  private Interrupts() {}

  /// @param action what the first signal does
  static void onFirst(Runnable action) {
    var seen = new AtomicBoolean();
    for (String name : new String[] {"INT", "TERM"}) {
      handle(
          name,
          () -> {
            if (seen.getAndSet(true)) {
              Runtime.getRuntime().halt(Semblance.STOPPED);
            }
            action.run();
          });
    }
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      Object listener =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // no such signal here
    }
  }
}
