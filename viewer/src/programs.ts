// How sigma has dots and lines drawn: all of them as one mesh, corner by corner.
//
// Sigma's own programs draw each dot and each line as an instance of one small mesh, which costs as much as a drawing of its own
// where the processor draws, and gains little where a graphics card does. Theirs are the shaders, so that it looks the same.

import { EdgeRectangleProgram, NodeCircleProgram } from "sigma/rendering";

type Args<T extends { processVisibleItem(...args: never[]): void }> = Parameters<T["processVisibleItem"]>;

export class Circles extends NodeCircleProgram {
  private readonly corners = super.getDefinition().CONSTANT_DATA;

  override getDefinition(): ReturnType<NodeCircleProgram["getDefinition"]> {
    return whole(super.getDefinition());
  }

  override processVisibleItem(...item: Args<NodeCircleProgram>): void {
    super.processVisibleItem(...item);
    spread(this, item[1], this.corners);
  }
}

export class Lines extends EdgeRectangleProgram {
  private readonly corners = super.getDefinition().CONSTANT_DATA;

  override getDefinition(): ReturnType<EdgeRectangleProgram["getDefinition"]> {
    return whole(super.getDefinition());
  }

  override processVisibleItem(...item: Args<EdgeRectangleProgram>): void {
    super.processVisibleItem(...item);
    spread(this, item[1], this.corners);
  }
}

/** A definition that gives every corner all that it needs; sigma takes one without `CONSTANT_ATTRIBUTES` for such. */
function whole<D extends { ATTRIBUTES: object[]; CONSTANT_ATTRIBUTES: object[]; CONSTANT_DATA: number[][] }>(definition: D): D {
  const { CONSTANT_ATTRIBUTES, CONSTANT_DATA: _, ...rest } = definition;
  return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...CONSTANT_ATTRIBUTES] } as unknown as D;
}

/** Gives what is written for the first corner of an item to all of its corners, each with its own part. */
function spread(program: NodeCircleProgram | EdgeRectangleProgram, start: number, corners: number[][]): void {
  const { array, ATTRIBUTES_ITEMS_COUNT: width } = program;
  for (let corner = 0, at = start; corner < corners.length; corner += 1, at += width) {
    const own = corners[corner]!;
    const shared = width - own.length;
    for (let item = 0; item < width; item += 1) array[at + item] = item < shared ? array[start + item]! : own[item - shared]!;
  }
}
