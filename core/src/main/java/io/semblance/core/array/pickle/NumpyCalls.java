package io.semblance.core.array.pickle;

import io.semblance.core.SemblanceException;
import io.semblance.core.array.NumberArray;
import io.semblance.core.array.NumberType;
import io.semblance.core.array.StoredArray;
import io.semblance.core.array.TextArray;
import io.semblance.core.array.pickle.PickleItems.Kind;
import io.semblance.core.array.pickle.PickleValue.Bool;
import io.semblance.core.array.pickle.PickleValue.Bytes;
import io.semblance.core.array.pickle.PickleValue.Int;
import io.semblance.core.array.pickle.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Arrays, scalars and element types. Source: `array_reduce` and `array_setstate` in
/// `numpy/_core/src/multiarray/methods.c`, `arraydescr_setstate` in `descriptor.c`.
final class NumpyCalls {

  private final PickleBytes in;

  NumpyCalls(PickleBytes in) {
    this.in = in;
  }

  PickleValue call(PickleArguments args) throws SemblanceException {
    return switch (args.name().kind()) {
      case DTYPE -> type(args.text(0).value());
      // ndarray, (0,), b'b': an empty one, to be filled by BUILD
      case RECONSTRUCT -> {
        args.type(0, PickleName.Kind.NDARRAY);
        yield new PickleArray((StoredArray) null);
      }
      // dtype, bytes
      case SCALAR ->
          new PickleArray(array(numpyType(args.value(0)), new long[0], false, data(args.value(1))));
      // buffer, dtype, shape, order
      case FROM_BUFFER ->
          new PickleArray(
              array(
                  numpyType(args.value(1)),
                  args.sizes(2),
                  args.text(3).value().equals("F"),
                  data(args.value(0))));
      default -> throw new IllegalStateException("not a call of numpy: " + args.name());
    };
  }

  private NumpyType type(String code) throws SemblanceException {
    if (code.length() > 16) {
      throw in.unread("a numpy array of several fields", "save each field as an array of its own");
    }
    return new NumpyType(code);
  }

  /// (version, byte order, subtype, names, fields, bytes, alignment, flags)
  void build(NumpyType type, PickleValue state) throws SemblanceException {
    if (!(state instanceof PickleItems items)
        || items.size() < 6
        || !(items.get(1) instanceof Text order)
        || !(items.get(5) instanceof Int bytes)) {
      throw in.broken("an unknown state of a numpy type");
    }
    type.order(order.value());
    type.textBytes(bytes.value());
  }

  /// (version, shape, dtype, Fortran order, bytes)
  void build(PickleArray array, PickleValue state) throws SemblanceException {
    if (array.isComplete()
        || !(state instanceof PickleItems items)
        || items.size() != 5
        || items.kind() != Kind.TUPLE
        || !(items.get(1) instanceof PickleItems sizes)
        || !(items.get(3) instanceof Bool fortran)) {
      throw in.broken("an unknown state of a numpy array");
    }
    long[] shape = new long[sizes.size()];
    for (int axis = 0; axis < shape.length; axis++) {
      if (!(sizes.get(axis) instanceof Int size)) {
        throw in.broken("a numpy array without a shape");
      }
      shape[axis] = size.value();
    }
    array.complete(array(numpyType(items.get(2)), shape, fortran.value(), data(items.get(4))));
  }

  private NumpyType numpyType(PickleValue value) throws SemblanceException {
    if (value instanceof NumpyType type) {
      return type;
    }
    throw in.broken("a numpy array without a type");
  }

  private MemorySegment data(PickleValue value) throws SemblanceException {
    return switch (value) {
      case Bytes bytes -> bytes.value();
      case PickleArray array when array.isComplete() && array.array() instanceof NumberArray n ->
          n.isRowMajor() ? n.bytes() : throwStrided();
      default -> PickleArguments.data(value, in);
    };
  }

  private MemorySegment throwStrided() throws SemblanceException {
    throw in.broken("a numpy array over a strided one");
  }

  private StoredArray array(NumpyType type, long[] shape, boolean fortran, MemorySegment data)
      throws SemblanceException {
    Optional<NumberType> numbers = type.numbers();
    if (numbers.isEmpty() && !type.isText()) {
      throw in.unread(
          "a numpy array of '" + type.code() + "'",
          "save numbers (complex ones as x.real and x.imag) or texts");
    }
    try {
      for (long size : shape) {
        if (size < 0) {
          throw new IllegalArgumentException("has a negative size");
        }
      }
      if (numbers.isEmpty()) {
        boolean unicode = type.code().startsWith("U");
        int room = type.elementBytes() / (unicode ? Integer.BYTES : 1);
        return TextArray.of(shape, room, unicode ? type.order() : null, data);
      }
      return fortran
          ? NumberArray.columnMajor(numbers.get(), type.order(), shape, data)
          : NumberArray.rowMajor(numbers.get(), type.order(), shape, data);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.broken("a numpy array that " + e.getMessage());
    }
  }
}
