const FORMAT = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
})

/** `14:03:27`, from ms since the epoch. */
export function toClockTime(at: number): string {
  return FORMAT.format(at)
}

/** `42 s`, `1 min 07 s` or `2 h 05 min`, from ms; never below zero. */
export function toDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${toTwoDigits(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${toTwoDigits(minutes % 60)} min`
}

function toTwoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
