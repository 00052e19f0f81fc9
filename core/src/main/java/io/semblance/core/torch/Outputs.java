package io.semblance.core.torch;

import io.semblance.core.SemblanceException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;

/// Finds the wanted tensor in what a network answers.
final class Outputs {

  private Outputs() {}

  /// @param answer a tensor, or a tuple, list or dictionary of some
  /// @param wanted a number from 0, or a name; not looked at for a single tensor
  /// @param name of the network, for messages
  /// @return the tensor
  static Tensor choose(IValue answer, String wanted, String name) throws SemblanceException {
    if (answer.isTensor()) {
      return answer.toTensor();
    }
    if (answer.isGenericDict()) {
      return named(answer, wanted, name);
    }
    if (answer.isTuple()) {
      return numbered(answer.toTuple().elements().asIValueVector(), wanted, "tuple", name);
    }
    if (answer.isTensorList()) {
      return numbered(list(answer), wanted, "list", name);
    }
    throw new SemblanceException(
        "%s answers with something that is neither a tensor nor a tuple, list or dictionary of tensors: export a network that returns its vectors."
            .formatted(name));
  }

  private static IValueVector list(IValue answer) {
    var out = new IValueVector();
    var tensors = answer.toTensorVector();
    for (long i = 0; i < tensors.size(); i++) {
      out.push_back(new IValue(tensors.get(i)));
    }
    return out;
  }

  private static Tensor numbered(IValueVector answers, String wanted, String kind, String name)
      throws SemblanceException {
    long size = answers.size();
    boolean fits = wanted.matches("[0-9]{1,6}") && Integer.parseInt(wanted) < size;
    if (!fits) {
      throw new SemblanceException(
          "%s answers with a %s of %d, and \"%s\" is none of them: write a number from 0 to %d as \"output\" in its card."
              .formatted(name, kind, size, wanted, size - 1));
    }
    return tensor(answers.get(Integer.parseInt(wanted)), wanted, name);
  }

  private static Tensor named(IValue answer, String wanted, String name) throws SemblanceException {
    List<String> names = new ArrayList<>();
    var entries = answer.toGenericDict();
    var end = entries.end();
    for (var at = entries.begin(); !at.equals(end); at.increment()) {
      IValue key = at.access().key();
      if (key.isString() && key.toStringRef().getString().equals(wanted)) {
        return tensor(at.access().value(), wanted, name);
      }
      names.add(key.isString() ? key.toStringRef().getString() : "a key that is no text");
    }
    throw new SemblanceException(
        "%s has no output \"%s\" (it has %s): correct \"output\" in its card."
            .formatted(name, wanted, String.join(", ", names)));
  }

  private static Tensor tensor(IValue value, String wanted, String name) throws SemblanceException {
    if (!value.isTensor()) {
      throw new SemblanceException(
          "%s: the output \"%s\" is not a tensor: name another as \"output\" in its card."
              .formatted(name, wanted));
    }
    return value.toTensor();
  }
}
