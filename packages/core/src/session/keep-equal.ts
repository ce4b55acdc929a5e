/** The earlier object while both say the same, so that nothing is rendered for nothing. */
export function keepEqual<Value>(earlier: Value, next: Value): Value {
  return JSON.stringify(earlier) === JSON.stringify(next) ? earlier : next
}
