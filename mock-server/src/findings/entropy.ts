/**
 * The most random bits a text can hold, by how often its characters occur in it. It is an upper bound in
 * practice: what it calls weak is weak, and a sentence may pass.
 */
export function toEntropyBound(text: string): number {
  const unit = toRepeatedUnit(text)
  const counts = new Map<string, number>()
  for (const character of unit) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits += count * Math.log2(unit.length / count)
  return bits
}

/** The shortest start of a text that, said again and again, is the text. */
function toRepeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length)
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit
  }
  return text
}
