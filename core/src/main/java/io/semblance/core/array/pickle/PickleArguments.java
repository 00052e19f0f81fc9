package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.pickle.PickleValue.Bytes;
import io.semblance.core.array.pickle.PickleValue.Int;
import io.semblance.core.array.pickle.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Arguments of a call, each asked for by place and type.
///
/// @param name of the function
/// @param values its arguments
/// @param in for messages
record PickleArguments(PickleName name, List<PickleValue> values, PickleBytes in) {

  int size() {
    return values.size();
  }

  PickleValue value(int index) throws SemblanceException {
    if (index >= values.size()) {
      throw in.broken(name + " was given " + values.size() + " arguments");
    }
    return values.get(index);
  }

  PickleItems items(int index) throws SemblanceException {
    if (value(index) instanceof PickleItems items) {
      return items;
    }
    throw wrong(index, "no list");
  }

  Text text(int index) throws SemblanceException {
    if (value(index) instanceof Text text) {
      return text;
    }
    throw wrong(index, "no text");
  }

  long whole(int index) throws SemblanceException {
    if (value(index) instanceof Int number) {
      return number.value();
    }
    throw wrong(index, "no whole number");
  }

  PickleName type(int index, PickleName.Kind kind) throws SemblanceException {
    if (value(index) instanceof PickleName type && type.kind() == kind) {
      return type;
    }
    throw wrong(index, "not what it should be");
  }

  long[] sizes(int index) throws SemblanceException {
    PickleItems items = items(index);
    long[] out = new long[items.size()];
    for (int i = 0; i < out.length; i++) {
      if (!(items.get(i) instanceof Int number)) {
        throw wrong(index, "no tuple of sizes");
      }
      out[i] = number.value();
    }
    return out;
  }

  Bytes bytes(int index) throws SemblanceException {
    if (value(index) instanceof Bytes bytes) {
      return bytes;
    }
    throw wrong(index, "no bytes");
  }

  /// The bytes of an array: as such, or as a `str` of Python 2.
  static MemorySegment data(PickleValue value, PickleBytes in) throws SemblanceException {
    return switch (value) {
      case Bytes bytes -> bytes.value();
      case Text text ->
          MemorySegment.ofArray(text.value().getBytes(StandardCharsets.UTF_8)).asReadOnly();
      default -> throw in.unread("an array of Python objects", "save an array of numbers");
    };
  }

  private SemblanceException wrong(int index, String what) {
    return in.broken("argument %d of %s is %s".formatted(index, name, what));
  }
}
