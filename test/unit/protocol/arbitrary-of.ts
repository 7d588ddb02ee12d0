import * as fc from 'fast-check';
import * as v from 'valibot';

/** What the walk below reads of a valibot schema; a kind that it does not know fails the test that meets it. */
type Node = {
  readonly type: string;
  readonly pipe?: readonly (Node & { readonly kind: string; readonly requirement?: unknown })[];
  readonly entries?: Record<string, Node>;
  readonly options?: readonly (Node | string)[];
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly literal?: unknown;
};

/** Values that a schema gives out, made from the schema itself: whatever is added to the wire is tested with the rest. */
export function arbitraryOf(schema: v.GenericSchema): fc.Arbitrary<unknown> {
  return walk(schema);
}

function walk(node: Node): fc.Arbitrary<unknown> {
  if (node.pipe) return piped(node);
  switch (node.type) {
    case 'string':
      return fc.string({ unit: 'binary', maxLength: 12 });
    case 'number':
      // What JSON keeps: −0 is written as 0.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(node.literal);
    case 'picklist':
      return fc.constantFrom(...node.options!);
    case 'object':
    case 'strict_object':
      return record(node.entries!);
    case 'array':
      return fc.array(walk(node.item!), { maxLength: 4 });
    case 'tuple':
      return fc.tuple(...node.items!.map(walk));
    case 'variant':
    case 'union':
      return fc.oneof(...(node.options as Node[]).map(walk));
    default:
      throw new Error(`no values for a schema of the kind "${node.type}"`);
  }
}

function record(entries: Record<string, Node>): fc.Arbitrary<unknown> {
  const optional = (node: Node): boolean => node.type === 'exact_optional';
  const values = Object.entries(entries).map(
    ([key, node]) => [key, walk(optional(node) ? node.wrapped! : node)] as const,
  );
  const requiredKeys = Object.keys(entries).filter((key) => !optional(entries[key]!));
  return fc.record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true });
}

/** The base, narrowed to where most of it passes, filtered by the whole, and transformed where the schema transforms. */
function piped(node: Node): fc.Arbitrary<unknown> {
  const [base, ...actions] = node.pipe!;
  const of = (type: string): unknown => actions.find((action) => action.type === type)?.requirement;
  const schema = node as unknown as v.GenericSchema;
  let values: fc.Arbitrary<unknown> = walk(base!);
  if (of('regex')) values = fc.stringMatching(of('regex') as RegExp);
  else if (base!.type === 'number') {
    const bounds = { min: Number(of('min_value') ?? 0), max: Number(of('max_value') ?? Number.MAX_SAFE_INTEGER) };
    values = of('safe_integer') ? fc.integer(bounds) : fc.double({ ...bounds, noNaN: true }).map((value) => value + 0);
  } else if (base!.type === 'string') values = fc.oneof(values, fc.string({ unit: 'grapheme', maxLength: 40 }));
  return values.filter((value) => v.is(schema, value)).map((value) => v.parse(schema, value));
}
