package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberType;
import java.util.ArrayList;
import java.util.List;

/// Tensors and parameters. Source: `torch/_utils.py`.
final class TorchCalls {

  private final PickleBytes in;
  private final List<PickleArray> tensors = new ArrayList<>();

  TorchCalls(PickleBytes in) {
    this.in = in;
  }

  List<PickleArray> tensors() {
    return tensors;
  }

  PickleValue call(PickleArguments args) throws SemblanceException {
    return switch (args.name().kind()) {
      // storage, storage_offset, size, stride, requires_grad, backward_hooks, metadata
      case TENSOR, TENSOR_V2 -> {
        if (args.size() > 6) {
          requirePlain(args.value(6));
        }
        yield tensor(args, storage(args.value(0)).type());
      }
      // the same, and dtype in the seventh place
      case TENSOR_V3 -> tensor(args, args.type(6, PickleName.Kind.ELEMENT_TYPE).type());
      case PARAMETER, PARAMETER_WITH_STATE -> {
        if (!(args.value(0) instanceof PickleArray array)) {
          throw in.broken("a parameter that is no tensor");
        }
        yield array;
      }
      default -> throw new IllegalStateException("not a call of torch: " + args.name());
    };
  }

  private PickleValue tensor(PickleArguments args, NumberType type) throws SemblanceException {
    if (type == null) {
      throw in.broken("a tensor without a type of its numbers");
    }
    var tensor =
        new PickleArray(
            new TensorPlan(
                storage(args.value(0)), type, args.sizes(2), args.sizes(3), args.whole(1)));
    tensors.add(tensor);
    return tensor;
  }

  private TorchStorage storage(PickleValue value) throws SemblanceException {
    if (value instanceof TorchStorage storage) {
      return storage;
    }
    throw in.broken("a tensor without a storage");
  }

  /// Tensors that torch keeps negated or conjugated until they are used say so in a dict.
  private void requirePlain(PickleValue metadata) throws SemblanceException {
    if (metadata instanceof PickleDict dict) {
      for (String lazy : List.of("neg", "conj")) {
        if (dict.get(lazy).filter(new PickleValue.Bool(true)::equals).isPresent()) {
          throw in.broken(
              "a tensor that torch keeps negated or conjugated: save"
                  + " x.resolve_neg().resolve_conj()");
        }
      }
    }
  }
}
