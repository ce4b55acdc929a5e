import fc from 'fast-check'

/** Seeded: a failure is the same failure again. */
export const runs = (numRuns: number): { seed: number; numRuns: number } => ({ seed: 20261125, numRuns })

/**
 * Text with up to three places at which something was put in, taken out or both.
 * @param seam where parts of the text meet: half of the places are there, and nothing is taken out
 */
export function edited(pieces: readonly string[], seam: string): fc.Arbitrary<(text: string) => string> {
  const edit = fc.tuple(fc.nat(1000), fc.constantFrom('', ...pieces), fc.nat(3), fc.boolean())
  return fc
    .array(edit, { maxLength: 3 })
    .map((edits) => (text) => edits.reduce((before, change) => applyEdit(before, change, seam), text))
}

function applyEdit(
  text: string,
  [place, insert, cut, isAtSeam]: [number, string, number, boolean],
  seam: string,
): string {
  const seams = [0, ...[...text.matchAll(new RegExp(seam, 'g'))].map(({ index }) => index), text.length]
  if (isAtSeam) return splice(text, seams[place % seams.length] ?? 0, insert, 0)
  return splice(text, place % (text.length + 1), insert, cut)
}

function splice(text: string, at: number, insert: string, cut: number): string {
  return text.slice(0, at) + insert + text.slice(at + cut)
}

/** Up to two members of a JSON object that were changed or, with `undefined`, taken out. */
export function changedMembers(
  members: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  const change = fc
    .constantFrom(...Object.keys(members))
    .chain((name) => fc.tuple(fc.constant(name), fc.oneof(fc.jsonValue(), members[name] ?? fc.anything())))
  return fc.array(change, { maxLength: 2 }).map((changes) => Object.fromEntries(changes))
}
