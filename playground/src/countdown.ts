/** `1:07` or `1:02:07`, from ms; never below zero. */
export function toCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours = 0, ...rest] = parts
  const tail = rest.map((part, index) =>
    index === 0 && hours === 0 ? String(part) : String(part).padStart(2, '0'),
  )
  return hours === 0 ? tail.join(':') : [hours, ...tail].join(':')
}
