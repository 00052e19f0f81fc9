package io.semblance.extract.onnx;

import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Does a few pieces of work beside each other, the first of them in the thread that asks. Starting
/// a thread costs less than a hundredth of the smallest network's answer.
final class Workers {

  private Workers() {}

  /// @param work pieces; all have ended when this returns or throws
  /// @throws SemblanceException the first that a piece threw
  static void run(List<Callable<Void>> work) throws SemblanceException {
    var tasks = new ArrayList<FutureTask<Void>>();
    for (Callable<Void> piece : work) {
      tasks.add(new FutureTask<>(piece));
    }
    for (FutureTask<Void> task : tasks.subList(Math.min(1, tasks.size()), tasks.size())) {
      Thread.ofPlatform().name("network").daemon().start(task);
    }
    if (!tasks.isEmpty()) {
      tasks.getFirst().run();
    }
    ExecutionException failure = null;
    boolean interrupted = false;
    for (FutureTask<Void> task : tasks) {
      while (true) {
        try {
          task.get();
          break;
        } catch (ExecutionException e) {
          failure = failure == null ? e : failure;
          break;
        } catch (InterruptedException _) {
          interrupted = true; // memory is in use until all have ended
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      rethrow(failure.getCause());
    }
  }

  private static void rethrow(Throwable cause) throws SemblanceException {
    switch (cause) {
      case SemblanceException e -> throw e;
      case CancellationException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a network failed", cause);
    }
  }
}
